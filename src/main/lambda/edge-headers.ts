/**
 * Under this header a distribution tells the program which host was asked for: Host itself has to name the API, or API
 * Gateway answers 403. A distribution sets it over whatever a caller sends.
 */
export const hostHeader = 'x-gangway-host';

/** Under this one it shows that it is a distribution of this installation, by a value of the secret `gangway/origin`. */
export const originHeader = 'x-gangway-origin';
