import { paths } from '#ui/paths.ts';
import type { Finding } from '../doctor/finding.ts';
import { whyNot } from '../doctor/headers-through.ts';

const pastTheEdge = 'past-the-edge';

/**
 * Whether the API answers those who come through the house's distribution and nobody else: each is asked for a page that
 * anybody may see.
 */
export async function originFinding(url: string, origin: string | undefined): Promise<Finding> {
  const what = 'the API past CloudFront';
  const [through, behind] = await Promise.all([
    answerAt(url),
    origin === undefined ? null : answerAt(origin),
  ]);
  if (through === pastTheEdge)
    return {
      what,
      state: 'failing',
      detail: `${url} is refused: its distribution does not show the API what it wants to be shown`,
      cure: 'gangway deploy, which has distributions show the value of gangway/origin that aws.originSecret names; that value has to be in the secret.',
    };
  if (behind === null)
    return {
      what,
      state: 'warning',
      detail: 'not looked at: where the API is is not known here',
      cure: 'Name it with --origin.',
    };
  return behind === pastTheEdge
    ? { what, state: 'ok', detail: `${origin} refuses who does not come through a distribution` }
    : {
        what,
        state: 'failing',
        detail: `${origin} did not refuse a call past the distributions: ${behind}`,
        cure: 'An older version is deployed, or it does not start: gangway deploy, then aws logs tail /aws/lambda/gangway-house',
      };
}

/** The code of a refusal, or else what came. */
async function answerAt(url: string): Promise<string> {
  try {
    const response = await fetch(new URL(paths.deskSignIn(), url), {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    const said: unknown = response.status === 403 ? await response.json().catch(() => null) : null;
    await response.body?.cancel().catch(() => {});
    return (said as { code?: string } | null)?.code ?? `answered ${response.status}`;
  } catch (error) {
    return whyNot(error);
  }
}
