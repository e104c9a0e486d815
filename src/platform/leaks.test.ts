import { lookingFor } from './egress.ts';
import { leaksContract } from './leaks.contract.ts';

leaksContract('in the process that knows the amounts', lookingFor);
