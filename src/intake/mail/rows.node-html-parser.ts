import { type HTMLElement, parse } from 'node-html-parser';
import { plain } from './form.ts';
import type { MailRow, RowsOfHtml } from './rows.ts';

/** The rows of an HTML part in the order of the document. Nothing of it is shown anywhere: only text is taken. */
export const rowsOfHtml: RowsOfHtml = html => {
  const root = parse(html, { comment: false, blockTextElements: { script: false, style: false } });
  const found: MailRow[] = [];
  for (const element of root.querySelectorAll('tr, dt, p, li, div')) {
    const row = rowOf(element);
    if (row) found.push(row);
  }
  return found;
};

function rowOf(element: HTMLElement): MailRow | null {
  switch (element.tagName) {
    case 'TR': {
      const cells = element.children.filter(({ tagName }) => tagName === 'TD' || tagName === 'TH');
      if (cells.length !== 2 || cells.some(cell => cell.querySelector('table') !== null)) return null;
      return row(cells[0], cells[1]);
    }
    case 'DT': {
      const next = element.nextElementSibling;
      return next?.tagName === 'DD' ? row(element, next) : null;
    }
    default: {
      const [first] = element.childNodes.filter(node => node.text.trim() !== '');
      const bold = element.children[0];
      if (!bold || first !== bold || !/^(B|STRONG)$/.test(bold.tagName) || !bold.text.trim().endsWith(':'))
        return null;
      if (element.querySelector('table, p, div, li') !== null) return null;
      return { label: textOf(bold), value: textOf(element).slice(textOf(bold).length).trim() };
    }
  }
}

const row = (label: HTMLElement | undefined, value: HTMLElement | undefined): MailRow | null =>
  label && value && textOf(label) !== '' ? { label: textOf(label), value: textOf(value) } : null;

const textOf = (element: HTMLElement) => plain(element.structuredText).trim();
