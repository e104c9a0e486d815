import { describe, expect, it } from 'vitest';
import { believedResults } from './authentication-results.ts';

const believed = (...results: string[]) => believedFor('boatsetter.com', results);
const believedFor = (domain: string, results: readonly string[]) =>
  believedResults(
    {
      from: [],
      recipients: [],
      subject: '',
      sentAt: null,
      headers: [['received', 'by mx'], ...results.map(value => ['authentication-results', value] as const)],
    },
    'MX.sailjada.com',
    domain,
  );

const dkim = 'dkim=pass header.d=boatsetter.com';
const dmarc = 'dmarc=pass header.from=boatsetter.com';
const whole = `mx.sailjada.com; ${dkim}; ${dmarc}`;

describe('the word of a mail server about a mail', () => {
  it.each([
    ['as it stands', whole],
    ['with the version of its form', `mx.sailjada.com 1; ${dkim}; ${dmarc}`],
    ['in capitals', whole.toUpperCase()],
    ['with blanks around everything', `  mx.sailjada.com  ;  ${dkim.replaceAll(' ', '   ')}  ;  ${dmarc}  `],
    ['with the version of a method', whole.replace('dkim=', 'dkim/10=')],
    ['about a signature of an address', whole.replace('header.d=', 'header.i=@')],
    ['about a signature of somebody there', whole.replace('header.d=', 'header.i=post@')],
    ['about a signature of a server of the domain', whole.replace('header.d=', 'header.d=mail.')],
    ['about a signature that failed beside one that holds', whole.replace('; dkim', '; dkim=fail; dkim')],
    ['beside other checks', whole.replace('; dkim', '; spf=fail smtp.mailfrom=x@y.example; dkim')],
    ['with remarks', whole.replace('dkim=pass', 'dkim=pass (good; dmarc=fail (p=none) really)')],
    ['with a reason', whole.replace('dkim=pass', 'dkim=pass reason="good; dmarc=fail (or so"')],
    ['with a remark that quotes', whole.replace('dkim=pass', 'dkim=pass (it is "good)')],
    ['with a bracket too many', whole.replace('dkim=pass', 'dkim=pass ) header.s=sel')],
    ['with words that are no results', whole.replace('; dkim', '; none; =; dkim=; dkim')],
    ['with words that are no properties', whole.replace('header.d', 'x =y z= a=b=c header.d')],
  ])('is taken %s', (_, header) => {
    expect(believed(header)).toBe(true);
  });

  it('is taken where the domain above signed', () => {
    expect(believedFor('mail.boatsetter.com', [whole.replace('from=', 'from=mail.')])).toBe(true);
  });

  it('is taken where it stands above those of others', () => {
    expect(believed(whole, 'mx.elsewhere.com; dkim=fail')).toBe(true);
  });

  it.each<[string, string[]]>([
    ['there is none', []],
    ['it says nothing', ['']],
    ['it is another’s', [whole.replace('sailjada', 'elsewhere')]],
    ['another’s stands above it', ['mx.elsewhere.com; dkim=fail', whole]],
    ['it stands there twice', [whole, whole]],
    ['it says nothing of DMARC', [`mx.sailjada.com; ${dkim}`]],
    ['it says nothing of DKIM', [`mx.sailjada.com; ${dmarc}`]],
    ['it says two things of DMARC', [`${whole}; ${dmarc}`]],
    ['DMARC fails', [whole.replace('dmarc=pass', 'dmarc=fail')]],
    ['DMARC passes for another', [whole.replace('header.from=boatsetter', 'header.from=impostor')]],
    ['DKIM fails', [whole.replace('dkim=pass', 'dkim=fail')]],
    ['another signed', [whole.replace('header.d=boatsetter.com', 'header.d=impostor.example')]],
    ['nobody is said to have signed', [whole.replace(' header.d=boatsetter.com', '')]],
    ['a look-alike signed', [whole.replace('header.d=', 'header.d=not')]],
    ['a part of its name signed', [whole.replace('header.d=boat', 'header.d=')]],
    ['everybody signed', [whole.replace('header.d=boatsetter.com', 'header.d=com')]],
    ['a seal is all that is signed', [whole.replace('dkim=', 'arc=')]],
    ['more stands behind who signed', [whole.replace('header.d=boatsetter.com', '$&=x')]],
    ['it stands in a remark', [`mx.sailjada.com; (${dkim}); ${dmarc}`]],
    ['it stands in a remark in a remark', [`mx.sailjada.com; (a (b) ; ${dkim}; c) ; ${dmarc}`]],
    ['it stands in a quoted text', [`mx.sailjada.com; "${dkim}; "; ${dmarc}`]],
    [
      'it stands behind a bracket that is part of a remark',
      [`mx.sailjada.com; (a \\) ; ${dkim}; ) ; ${dmarc}`],
    ],
    [
      'it stands behind a quote that is part of the text',
      [`mx.sailjada.com; "a \\" ; ${dkim}; " ; ${dmarc}`],
    ],
    ['something stands before the method', [whole.replace('dkim=', '!dkim=')]],
    ['something stands behind the result', [whole.replace('dkim=pass', 'dkim=pass!')]],
    ['something stands before the property', [whole.replace('header.d', '!header.d')]],
  ])('is not taken where %s', (_, headers) => {
    expect(believed(...headers)).toBe(false);
  });
});
