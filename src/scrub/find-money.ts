/** A stretch of text that speaks of an amount: from, to (exclusive), and what gave it away. */
export type Found = {
  readonly from: number;
  readonly to: number;
  readonly by: 'currency' | 'word' | 'numerals';
};

const blank = '[ \\u00a0\\u202f]';
const number = `\\p{Nd}{1,3}(?:[.,'’\\u00a0\\u202f ]\\p{Nd}{3})+(?:[.,]\\p{Nd}{1,2})?(?!\\p{Nd})|\\p{Nd}+(?:[.,]\\p{Nd}{1,2})?(?![\\p{Nd}])`;

/** Signs and codes of currencies. Those that are also words of a language count in capitals only. */
const codes =
  'US\\$|R\\$|A\\$|C\\$|USD|EUR|GBP|CAD|AUD|NZD|CHF|MXN|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|TRY|TL|BRL|ARS|INR|ZAR|AED|SGD|HKD|THB|KRW|usd|eur|gbp|zł|Kč|Ft|kr|Kr|Fr\\.';

/** What currencies are called, in the plural and the singular, in twelve languages. */
const names =
  'dollars?|bucks|pounds?(?: sterling)?|quid|cents?|euros?|dólares|dolares|pesos?|reais|real|francs?|franken|dollari|sterline|liras?|lirası|lire|dolar(?:y|ów)|kronor|kroner|kronen|złot(?:y|e|ych)|zlotych|yen|円|ドル|ユーロ|万円';

/** Words of the books beside which a number is an amount, whatever it looks like. */
const strong = [
  'revenues?|pay-?outs?|gross|commissions?|earnings|profits?|invoices?|refunds?|wages?|salar(?:y|ies)|captain fee|crew cost|fees?|prices?|paid|owed|cost',
  'ingresos?|comisi[oó]n(?:es)?|bruto|neto|precio|tarifa|pagad[oa]s?|ganancias?|anticipo|factura',
  'recettes?|versements?|commission|brut|prix|pay[ée]e?s?|acompte|salaires?|frais|bénéfices?|facture',
  'umsatz|auszahlung|provision|brutto|netto|preis|gebühr(?:en)?|bezahlt|anzahlung|gewinn|rechnung|honorar|lohn|kosten',
  'incasso|ricavi|compenso|commissione|lordo|netto|prezzo|pagat[oa]|acconto|guadagno|fattura',
  'receita|comissão|bruto|líquido|preço|pago|sinal|lucro|fatura|taxa',
  'omzet|uitbetaling|commissie|prijs|betaald|aanbetaling|winst|factuur|loon',
  'intäkt(?:er)?|utbetalning|avgift|pris|betalt|vinst|faktura|lön',
  'indtægt|inntekt|udbetaling|utbetaling|gebyr|betalt|honorar|løn|lønn',
  'przychód|wypłata|prowizja|opłata|cena|zapłacon[oa]|zaliczka|zysk|faktura',
  'ciro|ödeme|komisyon|brüt|ücret|fiyat|ödendi|kazanç|fatura',
  '売上|入金|手数料|純利益|利益|料金|支払い?|報酬',
].join('|');

/** Words that mean something else as well: only a number with a fraction, or of three digits and more, is an amount beside them. */
const weak =
  'net|total|split|tips?|deposit|balance|rate|share|propinas?|neta|pourboires?|net à payer|trinkgeld|anteil|mancia|totale|gorjeta|fooi|dricks|drikkepenge|napiwek|bahşiş|チップ|合計';

/** What makes a number count or measure something else. */
const unit =
  "(?:h|hrs?|hours?|min(?:utes?)?|am|pm|uhr|heures?|horas?|ore|guests?|pax|people|persons?|passengers?|adults?|kids?|children|crew|gäste|personen|personnes|personas|ospiti|pessoas|gasten|gäster|gjester|gæster|osób|kişi|名|人|ft|feet|foot|'|m|metres?|meters?|nm|miles?|kn|knots?|kts?|kg|lbs?|°|mhz|litres?|liters?|gal|%?\\s*battery)(?![\\p{L}])";

const numerals =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|grand|cien(?:to)?|cincuenta|doscient[oa]s|trescientos|quinientos|ochocientos|mil|cent|deux|trois|quatre|cinq|huit|vingt|cinquante|mille|hundert|zweihundert|fünfhundert|achthundert|tausend|fünfzig|cento|duecento|cinquecento|ottocento|mila|cinquanta|duzentos|quinhentos|oitocentos|honderd|duizend|vijftig|hundra|hundre|hundrede|tusen|tusind|sto|dwieście|pięćset|tysiąc|yüz|bin';

const before = '(?<![\\p{L}\\p{Nd}])';
const after = '(?![\\p{L}])';
/** Something that keeps a number from being one: part of a date, a clock, a telephone number, a longer string of digits. */
const notInside = '(?<![\\p{Nd}/+#°-]|\\p{Nd}[.,:])';
const notFollowed = `(?![:/°]|-\\p{Nd}|\\.\\p{Nd}|,\\p{Nd}|${blank}?${unit})`;

const patterns: readonly [Found['by'], RegExp][] = [
  [
    'currency',
    new RegExp(
      `(?:\\p{Sc}|${before}(?:${codes}))${blank}{0,2}-?(?:${number})(?:${blank}?(?:k|K|mil|million|tusen)(?!\\p{L}))?`,
      'gu',
    ),
  ],
  [
    'currency',
    new RegExp(
      `${notInside}(?:${number})k?${blank}{0,2}(?:\\p{Sc}|(?:${codes})${after}|,-(?!\\p{Nd}))`,
      'gu',
    ),
  ],
  ['currency', new RegExp(`${notInside}(?:${number})k?${blank}{0,2}(?:${names})${after}`, 'giu')],
  [
    'word',
    new RegExp(
      `${before}(?:${strong})${after}[^\\n.,;!?()\\p{Nd}]{0,24}?(?<number>${notInside}(?:${number})(?:${blank}?%|${notFollowed}))`,
      'giu',
    ),
  ],
  [
    'word',
    new RegExp(
      `(?<number>${notInside}(?:${number})(?:${blank}?%|${notFollowed}))[^\\n.,;!?()\\p{Nd}]{0,12}?${before}(?:${strong})${after}`,
      'giu',
    ),
  ],
  [
    'word',
    new RegExp(
      `${before}(?:${weak})${after}[^\\n.,;!?()\\p{Nd}]{0,16}?(?<number>${notInside}(?:\\p{Nd}+[.,]\\p{Nd}{2}|\\p{Nd}{1,3}[.,' ]\\p{Nd}{3}(?:[.,]\\p{Nd}{2})?|\\p{Nd}{3,})(?!\\p{Nd})${notFollowed})`,
      'giu',
    ),
  ],
  [
    'word',
    new RegExp(
      `${before}(?:${strong}|${weak})${after}[^\\n.,;!?()\\p{Nd}]{0,16}?(?<number>\\p{Nd}{1,3}(?:[.,]\\p{Nd}{1,2})?${blank}?%)`,
      'giu',
    ),
  ],
  [
    'numerals',
    new RegExp(
      `${before}(?:(?:${numerals})(?:${blank}|-|and|und|y|et|e){1,3}){1,6}(?:${names})${after}`,
      'giu',
    ),
  ],
];

/**
 * Everything in a text that speaks of an amount, in order and without overlaps: in English, Spanish, French, German,
 * Italian, Portuguese, Dutch, Swedish, Norwegian and Danish, Polish, Turkish and Japanese. Telephone numbers, clocks, dates,
 * berths, lengths and head counts are none. It may miss what nobody wrote down here: what it does not find has to be read.
 */
export function findMoney(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const [by, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const amount = match.groups?.number;
      const start = match.index + (amount === undefined ? 0 : match[0].indexOf(amount));
      found.push({ from: start, to: start + (amount ?? match[0]).length, by });
    }
  }
  const merged: Found[] = [];
  for (const one of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1);
    if (last && one.from < last.to) merged[merged.length - 1] = { ...last, to: Math.max(last.to, one.to) };
    else merged.push(one);
  }
  return merged;
}

/** What stands where an amount stood. */
export const removed = '[amount removed]';

/** The text without its amounts. */
export function withoutMoney(text: string, found = findMoney(text)): string {
  return found
    .toReversed()
    .reduce((left, { from, to }) => left.slice(0, from) + removed + left.slice(to), text);
}

/** Whether a field is one for amounts by its name: `captain_fee`, `netRevenue`, `Auszahlung`. */
export const isMoneyField = (name: string): boolean =>
  new RegExp(`^(?:.*[_\\W])?(?:${strong}|amount|price|payout|tip|net)(?:[_\\W].*)?$`, 'iu').test(
    name.replace(/([a-z])([A-Z])/g, '$1_$2'),
  );
