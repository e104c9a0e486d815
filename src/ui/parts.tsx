import type { Child } from 'hono/jsx';

/** The top of a page: its one `h1`, a line under it, the way back and the main actions. */
export function Heading(props: {
  title: Child;
  lede?: Child;
  back?: { href: string; label: string };
  actions?: Child;
}) {
  return (
    <div class="head">
      <div>
        {props.back && (
          <span class="crumb">
            <a href={props.back.href}>← {props.back.label}</a>
          </span>
        )}
        <h1>{props.title}</h1>
        {props.lede && <p>{props.lede}</p>}
      </div>
      {props.actions && <div class="row">{props.actions}</div>}
    </div>
  );
}

/** A sheet of the page with its own heading; `id` makes it a target for links. */
export function Card(props: { title?: Child; id?: string; aside?: Child; children?: Child }) {
  return (
    <section class="card" id={props.id}>
      {props.title && (
        <header>
          <h2>{props.title}</h2>
          {props.aside}
        </header>
      )}
      {props.children}
    </section>
  );
}

/** Names and values, one under the other. */
export function Facts({ children }: { children?: Child }) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ label, children }: { label: string; children?: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export type Column<Row> = {
  label: string;
  cell: (row: Row) => Child;
  /**
   * `title` heads the row and the card it becomes on a phone, `short` stands there beside what it heads; `plain` speaks
   * for itself and has no label there; `number` aligns right; `action` holds buttons.
   */
  kind?: 'title' | 'short' | 'plain' | 'number' | 'action';
};

/** Rows that become cards on a phone. `rowKey` and `rowState` let live progress mark what changed. */
export function Table<Row>(props: {
  caption: string;
  /** The caption is for those who cannot see the heading above. */
  captionUnseen?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey?: (row: Row) => string;
  rowState?: (row: Row) => string;
}) {
  return (
    <table class="cards">
      <caption class={props.captionUnseen ? 'unseen' : undefined}>{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map(column => (
            <th scope="col" class={column.kind === 'number' ? 'number' : undefined}>
              {column.kind === 'action' ? <span class="unseen">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(row => (
          <tr data-row={props.rowKey?.(row)} data-is={props.rowState?.(row)}>
            {props.columns.map(column => (
              <Cell column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.cell(row);
  if (column.kind === 'title') return <th scope="row">{content}</th>;
  if (column.kind === 'short') {
    return (
      <th scope="row" class="short">
        {content}
      </th>
    );
  }
  if (column.kind === 'action') return <td>{content}</td>;
  if (content === null || content === undefined || content === '') return <td />;
  if (column.kind === 'plain') return <td class="plain">{content}</td>;
  return (
    <td data-label={column.label} class={column.kind}>
      <div>{content}</div>
    </td>
  );
}

type Tone = 'good' | 'wait' | 'bad' | 'off' | 'plain';

const tones: Readonly<Record<string, Tone>> = {
  stated: 'good',
  sent: 'good',
  confirmed: 'good',
  accepted: 'good',
  done: 'good',
  settled: 'good',
  open: 'wait',
  reversed: 'off',
  recorded: 'good',
  pending: 'wait',
  waiting: 'wait',
  tentative: 'wait',
  unknown: 'wait',
  failing: 'bad',
  stuck: 'bad',
  returned: 'bad',
  quarantined: 'bad',
  conflict: 'bad',
  poisoned: 'bad',
  withdrawn: 'off',
  cancelled: 'off',
  declined: 'off',
  recalled: 'off',
  discarded: 'off',
  released: 'off',
};

/** A state as sign, colour and word, never colour alone. States of Gangway have their tone; others are plain. */
export function Badge({ state, tone, children }: { state: string; tone?: Tone; children?: Child }) {
  return <span class={`badge ${tone ?? tones[state] ?? 'plain'}`}>{children ?? state}</span>;
}

/** What is said where there is nothing yet: what would be here and how to get it. */
export function Empty({ title, children }: { title: string; children?: Child }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** An answer to what was just done, or a trouble with its cure. `bad` is read out at once. */
export function Notice(props: {
  kind?: 'good' | 'wait' | 'bad';
  title: Child;
  /** What to do next. */
  cure?: Child;
  action?: Child;
}) {
  return (
    <div class={`notice ${props.kind ?? ''}`.trim()} role={props.kind === 'bad' ? 'alert' : 'status'}>
      <div>
        <strong>{props.title}</strong>
        {props.cure && <span>{props.cure}</span>}
      </div>
      {props.action && <div class="row">{props.action}</div>}
    </div>
  );
}

export type Wrong = { message: string; cure?: string | undefined };

/** What label, hint and error share with their control: spread `fieldAttributes` on a control of your own inside `Field`. */
export const fieldAttributes = (name: string, about: { hint?: Child; wrong?: Wrong | undefined } = {}) => ({
  id: `field-${name}`,
  name,
  'aria-invalid': about.wrong ? 'true' : undefined,
  'aria-describedby':
    [about.wrong && `wrong-${name}`, about.hint && `hint-${name}`].filter(Boolean).join(' ') || undefined,
});

export type FieldProps = {
  name: string;
  label: string;
  type?: string;
  value?: string | undefined;
  hint?: Child;
  wrong?: Wrong | undefined;
  required?: boolean;
  /** Anything else an input takes: `min`, `inputmode`, `autocomplete`. */
  input?: Readonly<Record<string, string | number | boolean>>;
  /** A control other than an input, made with `fieldAttributes`. */
  children?: Child;
};

/** A labelled control with its hint, and what is wrong with what was typed and how to mend it. */
export function Field(props: FieldProps) {
  const { name, label, type = 'text', value, hint, wrong, required, input, children } = props;
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      {children ?? (
        <input
          {...fieldAttributes(name, { hint, wrong })}
          type={type}
          value={value}
          required={required}
          {...input}
        />
      )}
      {hint && <small id={`hint-${name}`}>{hint}</small>}
      {wrong && (
        <span class="wrong" id={`wrong-${name}`}>
          {wrong.message} {wrong.cure}
        </span>
      )}
    </div>
  );
}

/** A choice of one from few. */
export function Choice(
  props: FieldProps & { options: readonly { value: string; label: string }[]; none?: string },
) {
  const { options, none, ...field } = props;
  return (
    <Field {...field}>
      <select {...fieldAttributes(field.name, field)} required={field.required}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map(option => (
          <option value={option.value} selected={option.value === field.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A button that posts, or (with `href`) a link that looks like one. */
export function Button(props: {
  kind?: 'main' | 'danger';
  href?: string;
  name?: string;
  value?: string;
  children?: Child;
}) {
  const look = props.kind ?? '';
  return props.href === undefined ? (
    <button type="submit" class={look} name={props.name} value={props.value}>
      {props.children}
    </button>
  ) : (
    <a class={`button ${look}`.trim()} href={props.href}>
      {props.children}
    </a>
  );
}

/** A form that posts, with the session's token. `confirm` is asked first where scripts run. */
export function PostForm(props: {
  action: string;
  formToken: string;
  inline?: boolean;
  confirm?: { question: string; yes: string };
  children?: Child;
}) {
  return (
    <form
      method="post"
      action={props.action}
      class={props.inline ? 'inline' : undefined}
      data-confirm={props.confirm?.question}
      data-confirm-yes={props.confirm?.yes}
    >
      <input type="hidden" name="formToken" value={props.formToken} />
      {props.children}
    </form>
  );
}
