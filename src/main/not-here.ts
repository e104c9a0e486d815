/** A part of an edition that this part of the program does not have; whatever asks for it is a defect. */
export const notHere = <T extends object>(what: string): T =>
  new Proxy({} as T, {
    get: (_, key) => () => Promise.reject(new TypeError(`${what}: not of this function (${String(key)})`)),
  });
