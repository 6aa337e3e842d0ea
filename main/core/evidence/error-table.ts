import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';

const Text = z.string().min(1).max(500);
const Id = z.string().regex(/^[a-z][a-z0-9_]*$/);

const Rule = z.strictObject({
  family: Id,
  side: z.enum(['provider', 'customer', 'either']),
  confidence: z.enum(['high', 'medium', 'low']),
  /** Codes without their `Client.` or `Server.` prefix; `*` stands for any letters. */
  codes: z.array(Text).min(1),
  /** Only for calls to these sources; any when left out. */
  sources: z.array(Text).optional(),
  meaning: Text,
  ambiguity: Text,
});
export type ErrorRule = z.infer<typeof Rule>;

/** The document `resources/evidence/errors.json`: what an error code means, and on whose side it speaks. */
const ErrorTableData = z.strictObject({
  version: z.literal(1),
  sources: z.array(z.strictObject({ title: Text, url: z.url() })),
  /** Why a status alone decides nothing. */
  statusRule: Text,
  families: z.record(
    Id,
    z.strictObject({
      name: Text,
      /** The answer to the check `error_signature`; null when the family gives none. */
      answer: Id.nullable(),
      /** Mostly answers to inventory tools: no failure by itself. */
      background: z.boolean(),
    }),
  ),
  rules: z.array(Rule),
  denied: z.strictObject({
    /** Families that are denials. */
    families: z.array(Id),
    /** A policy change explains denials that begin at most so many minutes after it. */
    withinMinutes: z.number().positive(),
    /** From so many principals and services on, with no policy change, denials are called unrelated. */
    unrelatedPrincipals: z.number().int().positive(),
    unrelatedServices: z.number().int().positive(),
  }),
});

export interface ErrorTable {
  readonly data: Readonly<z.infer<typeof ErrorTableData>>;
  /** By code, and by `source code` for rules of one source. */
  readonly exact: ReadonlyMap<string, ErrorRule>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly rule: ErrorRule }[];
}

/** Reads the table of errors; fails with `invalid_input` and the place of the first fault. */
export function parseErrorTable(json: unknown): Result<ErrorTable> {
  const parsed = ErrorTableData.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(
      'invalid_input',
      `The table of errors is faulty: ${issue?.message ?? ''}`,
      issue?.path.join('.'),
    );
  }
  const data = parsed.data;
  const exact = new Map<string, ErrorRule>();
  const patterns: { pattern: RegExp; rule: ErrorRule }[] = [];
  for (const [index, rule] of data.rules.entries()) {
    if (data.families[rule.family] === undefined) {
      return fail(
        'invalid_input',
        `The table of errors names an unknown family: ${rule.family}.`,
        `rules.${index}`,
      );
    }
    for (const code of rule.codes) {
      if (code.includes('*')) patterns.push({ pattern: patternOf(code), rule });
      else for (const key of keysOf(code, rule)) if (!exact.has(key)) exact.set(key, rule);
    }
  }
  return ok({ data, exact, patterns });
}

/** The rule for a code of a source; undefined when the table does not know it. */
export function errorRuleOf(code: string, source: string, table: ErrorTable): ErrorRule | undefined {
  return (
    table.exact.get(`${source} ${code}`) ??
    table.exact.get(code) ??
    table.patterns.find((item) => item.pattern.test(code))?.rule
  );
}

function keysOf(code: string, rule: ErrorRule): readonly string[] {
  return rule.sources === undefined ? [code] : rule.sources.map((source) => `${source} ${code}`);
}

function patternOf(code: string): RegExp {
  const escaped = code.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
