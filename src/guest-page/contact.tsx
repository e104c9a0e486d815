import type { BrandView } from './guest-view.ts';
import { english } from './page-words.en.ts';
import type { PageWords } from './page-words.ts';

/** How to reach the brand: the same words on every page a guest may see. */
export function Contact({ brand, words = english }: { brand: BrandView; words?: PageWords }) {
  const { call, orWrite, write } = words.contact;
  if (brand.phone === null) {
    return (
      <p>
        {write} <MailLink brand={brand} />.
      </p>
    );
  }
  return (
    <p>
      {call} <a href={`tel:${brand.phone.replace(/[^+0-9]/g, '')}`}>{brand.phone}</a> {orWrite}{' '}
      <MailLink brand={brand} />.
    </p>
  );
}

export function MailLink({ brand }: { brand: BrandView }) {
  return <a href={`mailto:${encodeURIComponent(brand.email).replace('%40', '@')}`}>{brand.email}</a>;
}
