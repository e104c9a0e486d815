/**
 * What a photo is called in the addresses of its page: the first letters of its id, since whole ones stand seven times
 * each in the page and nothing in them repeats. Whoever knows the page may see them all, so a name need not be hard to
 * guess. Two that begin alike are called by their whole ids.
 */
export function photoName(id: string, onPage: readonly string[]): string {
  const name = id.slice(4, 12);
  return onPage.filter(each => each.slice(4, 12) === name).length > 1 ? id : name;
}

/** Which of these has that name, if just one has. Whole ids stand in pages from before there were names. */
export function photoNamed<P extends { readonly id: string }>(name: string, photos: readonly P[]): P | null {
  const [photo, ...more] = photos.filter(
    ({ id }) => id === name || (name.length === 8 && id.startsWith(name, 4)),
  );
  return photo && more.length === 0 ? photo : null;
}
