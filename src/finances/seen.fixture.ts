/** What a reader sees: the text, a line for each element that starts one, links with where they lead. */
export const seen = (html: unknown) =>
  String(html)
    .replace(/<a href="([^"]*)"[^>]*>/g, '[$1] ')
    .replace(/<strong>/g, '*')
    .replace(/<\/dt><dd>|<\/t[hd]>/g, ' | ')
    .replace(/<(?:section|h2|div|tr|caption|p)\b[^>]*>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join('\n');
