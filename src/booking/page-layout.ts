/**
 * Where a brand keeps the guest page of slug S. One of the three layouts in use:
 * `beside` = `g/S.html`, `folder` = `guests/S/index.html`, `root` = `{prefix}-S.html`.
 * Viewers always ask for `/g/S`; everything else about the address is generated from this.
 */
export type PageLayout = { kind: 'beside' } | { kind: 'folder' } | { kind: 'root'; prefix: string };
