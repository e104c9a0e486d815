import { paths } from '#ui/paths.ts';
import type { Operation, Parameter } from './operation.ts';

const slug: Parameter = {
  name: 'slug',
  in: 'path',
  required: true,
  description: 'From the letter to the guest.',
};
const of = {
  tag: 'Guest pages',
  access: 'address',
  onBrandHost: true,
  path: paths.guestLetters('{slug}'),
} as const;
const answers = {
  200: { description: 'The page, with what is kept now.', type: 'text/html' },
  404: { description: 'No such page.', type: 'text/html' },
} as const;

/** What a guest wishes for letters, on the host of a brand. */
export const wishesOperations: readonly Operation[] = [
  {
    ...of,
    id: 'wishes',
    method: 'get',
    summary: 'What a guest wishes for letters',
    description: 'A page with a form: the language, and whether to have only the necessary letters.',
    parameters: [slug],
    answers,
    refusals: [],
  },
  {
    ...of,
    id: 'wish',
    method: 'post',
    summary: 'Choose the language of letters, and which',
    description:
      'A form with `language` (`en`, `es` or `de`) and `letters=necessary` for those about the booking itself only; without it reminders and thanks come too. Mail programs send `List-Unsubscribe=One-Click` (RFC 8058), which ends reminders and thanks and leaves the language. Idempotent.',
    parameters: [slug],
    answers,
    refusals: [],
  },
];
