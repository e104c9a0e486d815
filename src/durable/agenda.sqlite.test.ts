import { openSqlite } from '#platform/sqlite.ts';
import { agendaContract } from './agenda.contract.ts';
import { sqliteAgenda } from './agenda.sqlite.ts';

agendaContract(clock => sqliteAgenda(openSqlite(':memory:'), clock));
