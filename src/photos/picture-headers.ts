/** A picture is shown as what it is and runs nothing, whatever a browser thinks of its bytes. */
export const pictureHeaders = (name: string) => ({
  'content-type':
    { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }[name.split('.')[1] ?? ''] ?? '',
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
});
