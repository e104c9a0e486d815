import type { MailSender } from './senders.ts';
import { type Template, templateShape } from './template.ts';
import { boatsetterCancelled } from './templates/boatsetter-cancelled.ts';
import { boatsetterChanged } from './templates/boatsetter-changed.ts';
import { boatsetterMessage } from './templates/boatsetter-message.ts';
import { boatsetterNew } from './templates/boatsetter-new.ts';
import { boatsetterPayout } from './templates/boatsetter-payout.ts';
import { getmyboatCancelled } from './templates/getmyboat-cancelled.ts';
import { getmyboatChanged } from './templates/getmyboat-changed.ts';
import { getmyboatMessage } from './templates/getmyboat-message.ts';
import { getmyboatNew } from './templates/getmyboat-new.ts';
import { getmyboatPayout } from './templates/getmyboat-payout.ts';

const written = {
  boatsetter: [boatsetterNew, boatsetterChanged, boatsetterCancelled, boatsetterMessage, boatsetterPayout],
  getmyboat: [getmyboatNew, getmyboatChanged, getmyboatCancelled, getmyboatMessage, getmyboatPayout],
};

/** The templates that come with Gangway, by sender. */
export const builtInTemplates = (sender: MailSender): readonly Template[] =>
  written[sender].map(template => templateShape.parse(template));
