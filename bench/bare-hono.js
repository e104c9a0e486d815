// The least that answers a request on Lambda with the same framework: what a function's cold start is put beside.
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

export const handler = handle(new Hono().get('/', it => it.text('')));
