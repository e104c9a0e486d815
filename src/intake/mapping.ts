/** Where in a message of the `json` kind each thing stands. */
export type Mapping = Readonly<Record<string, unknown>>;
