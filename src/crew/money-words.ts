/**
 * Whether text that a person typed for the crew looks as if it spoke of money: a currency sign or code at a number, or
 * a word of the books near one. A warning to whoever types, not the fence: it may miss, and it may be wrong.
 */
export function looksLikeMoney(text: string): boolean {
  const plain = text.normalize('NFKC');
  return patterns.some(pattern => pattern.test(plain));
}

const codes =
  'USD|EUR|GBP|CAD|AUD|NZD|CHF|MXN|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|TRY|BRL|ARS|INR|ZAR|AED|SGD|HKD|THB|KRW|[Uu]sd|usd|[Ee]ur|eur|gbp';
const words =
  'revenues?|pay-?outs?|fees?|net|gross|commissions?|splits?|earnings?|profits?|invoices?|refunds?|prices?|wages?|salar(?:y|ies)';
const units = 'dollars?|bucks|euros?|pounds sterling|quid|cents?|pesos?|francs?|kron(?:a|er|or)';
const numerals =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|grand';

const patterns: readonly RegExp[] = [
  /\p{Sc}\s{0,2}\p{Nd}|\p{Nd}\s{0,2}\p{Sc}/u,
  new RegExp(`(?<![\\p{L}])(?:${codes})[\\s:.]{0,3}\\p{Nd}|\\p{Nd}\\s{0,2}(?:${codes})(?![\\p{L}])`, 'u'),
  new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])[^\\n.;!?]{0,24}?\\p{Nd}`, 'iu'),
  new RegExp(`\\p{Nd}[^\\n.;!?]{0,16}?(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'iu'),
  new RegExp(`(?:\\p{Nd}|(?<![\\p{L}])(?:${numerals}))[\\s-]{0,2}(?:${units})(?![\\p{L}])`, 'iu'),
];
