import type { BrandView } from './guest-view.ts';

/** How to reach the brand: the same words on every page a guest may see. */
export function Contact({ brand }: { brand: BrandView }) {
  if (brand.phone === null) {
    return (
      <p>
        Write to <MailLink brand={brand} />.
      </p>
    );
  }
  return (
    <p>
      Call <a href={`tel:${brand.phone.replace(/[^+0-9]/g, '')}`}>{brand.phone}</a> or write to{' '}
      <MailLink brand={brand} />.
    </p>
  );
}

export function MailLink({ brand }: { brand: BrandView }) {
  return <a href={`mailto:${encodeURIComponent(brand.email).replace('%40', '@')}`}>{brand.email}</a>;
}
