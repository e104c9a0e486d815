/** The mark that `Money` (in `finances/`) carries, declared here so that sinks can refuse it without importing it. */
export declare const moneyMark: unique symbol;

/** Anything marked as holding an amount. */
export interface HoldsMoney {
  readonly [moneyMark]: true;
}

type Plain = string | number | boolean | null | undefined | bigint | symbol | Date | Uint8Array;

type HasMoney<T> = unknown extends T
  ? true
  : T extends HoldsMoney
    ? true
    : T extends Plain
      ? false
      : T extends (...args: never[]) => unknown
        ? true
        : T extends Map<unknown, unknown> | Set<unknown>
          ? true
          : T extends readonly (infer U)[]
            ? HasMoney<U>
            : T extends object
              ? true extends { [K in keyof T]-?: HasMoney<T[K]> }[keyof T]
                ? true
                : false
              : false;

/**
 * `T` if nothing in it can hold an amount, else `never`: `any`, `unknown`, functions and maps count as holding one,
 * because the compiler cannot see into them. Sinks for crew and guests take `T & MoneyFree<T>`.
 */
export type MoneyFree<T> = true extends HasMoney<T> ? never : T;
