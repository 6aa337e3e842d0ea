import { COULD_NOT_CHECK, type Check, type Condition, type Playbook } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';

/** Ids and keys used twice, and checks without the way out. */
export function idFaults(playbook: Playbook): Fault[] {
  const faults: Fault[] = [
    ...twice(
      playbook.checks.map(({ id }) => id),
      'duplicate_id',
      (at) => jsonPath('checks', at, 'id'),
    ),
    ...twice(
      playbook.groups.map(({ id }) => id),
      'duplicate_id',
      (at) => jsonPath('groups', at, 'id'),
    ),
  ];
  for (const [at, check] of playbook.checks.entries()) {
    const place = (answer: number, field: string): string => jsonPath('checks', at, 'answers', answer, field);
    faults.push(
      ...twice(
        check.answers.map(({ id }) => id),
        'duplicate_id',
        (answer) => place(answer, 'id'),
      ),
      ...twice(
        check.answers.map(({ key }) => key),
        'duplicate_key',
        (answer) => place(answer, 'key'),
      ),
      ...wayOutFaults(check, at),
      ...reservedKeyFaults(check, at),
    );
  }
  for (const [verdict, { levels }] of Object.entries(playbook.escalation))
    faults.push(
      ...twice(
        levels.map(({ id }) => id),
        'duplicate_id',
        (at) => jsonPath('escalation', verdict, 'levels', at, 'id'),
      ),
    );
  return faults;
}

function wayOutFaults(check: Check, at: number): Fault[] {
  const faults: Fault[] = [];
  for (const [answer, { id, key }] of check.answers.entries())
    if ((key === '0') !== (id === COULD_NOT_CHECK))
      faults.push({
        code: 'missing_way_out',
        path: jsonPath('checks', at, 'answers', answer, 'key'),
        message: 'Key 0 belongs to could_not_check and to nothing else.',
      });
  if (check.answers.every(({ id }) => id === COULD_NOT_CHECK))
    faults.push({
      code: 'dead_end',
      path: jsonPath('checks', at, 'answers'),
      message: 'The check has no answer but could_not_check.',
    });
  const carriers = check.answers.filter(({ number }) => number).length;
  if (carriers > 0 !== (check.asksNumber !== undefined))
    faults.push({
      code: 'shape',
      path: jsonPath('checks', at, 'asksNumber'),
      message: 'asksNumber and an answer with a number need each other.',
    });
  return faults;
}

/** Letters that mean something else in the window while a check is asked; an answer on one of them would be moved. */
const RESERVED_KEYS = 'abcefghmnopstuvwy';

function reservedKeyFaults(check: Check, at: number): Fault[] {
  return check.answers.flatMap(({ key }, answer) =>
    RESERVED_KEYS.includes(key)
      ? [
          {
            code: 'reserved_key',
            path: jsonPath('checks', at, 'answers', answer, 'key'),
            message: `The key ${key} belongs to the window. Use a digit or one of d i j k l q r x z.`,
          },
        ]
      : [],
  );
}

/** References to checks, answers and groups that do not exist, and an order that leaves checks out. */
export function referenceFaults(playbook: Playbook): Fault[] {
  const checks = new Map(playbook.checks.map((check) => [check.id, check]));
  const groups = new Set(playbook.groups.map(({ id }) => id));
  const faults: Fault[] = [];
  const needCheck = (id: string, path: string): void => {
    if (!checks.has(id)) faults.push({ code: 'unknown_check', path, message: `There is no check ${id}.` });
  };
  const needAnswer = (check: string, answer: string, path: string): void => {
    const found = checks.get(check);
    if (found !== undefined && !found.answers.some(({ id }) => id === answer))
      faults.push({ code: 'unknown_answer', path, message: `The check ${check} has no answer ${answer}.` });
  };
  const needConditions = (conditions: readonly Condition[] | undefined, ...place: PropertyKey[]): void => {
    for (const [at, condition] of (conditions ?? []).entries()) {
      needCheck(condition.check, jsonPath(...place, at, 'check'));
      const key = 'is' in condition ? 'is' : 'isNot';
      const answers = 'is' in condition ? condition.is : condition.isNot;
      for (const [which, answer] of answers.entries())
        needAnswer(condition.check, answer, jsonPath(...place, at, key, which));
    }
  };
  for (const [at, check] of playbook.checks.entries()) {
    needConditions(check.gate, 'checks', at, 'gate');
    if (check.group !== undefined && !groups.has(check.group))
      faults.push({
        code: 'unknown_group',
        path: jsonPath('checks', at, 'group'),
        message: `There is no group ${check.group}.`,
      });
    for (const [which, weight] of check.weights.entries()) {
      needAnswer(check.id, weight.answer, jsonPath('checks', at, 'weights', which, 'answer'));
      needConditions(weight.given, 'checks', at, 'weights', which, 'given');
    }
  }
  needConditions(playbook.symptoms?.answers, 'symptoms', 'answers');
  for (const [at, id] of playbook.order.entries()) needCheck(id, jsonPath('order', at));
  for (const [at, { check, given }] of playbook.opening.entries()) {
    needCheck(check, jsonPath('opening', at, 'check'));
    needConditions(given, 'opening', at, 'given');
  }
  for (const side of ['provider', 'customer'] as const)
    for (const [at, id] of playbook.keyChecks[side].entries()) needCheck(id, jsonPath('keyChecks', side, at));
  for (const [at, rule] of playbook.beforeDeclaring.entries()) {
    needCheck(rule.check, jsonPath('beforeDeclaring', at, 'check'));
    needConditions(rule.given, 'beforeDeclaring', at, 'given');
    needConditions(rule.unless, 'beforeDeclaring', at, 'unless');
  }
  for (const [at, sign] of playbook.spread.entries()) {
    needCheck(sign.check, jsonPath('spread', at, 'check'));
    needAnswer(sign.check, sign.answer, jsonPath('spread', at, 'answer'));
    needConditions(sign.given, 'spread', at, 'given');
  }
  if (playbook.scopeCheck !== undefined) needCheck(playbook.scopeCheck, jsonPath('scopeCheck'));
  for (const [at, { failureScope }] of playbook.priors.entries()) {
    if (failureScope === undefined) continue;
    const path = jsonPath('priors', at, 'failureScope');
    if (playbook.scopeCheck === undefined)
      faults.push({ code: 'prior', path, message: 'A prior by failure scope needs scopeCheck.' });
    else needAnswer(playbook.scopeCheck, failureScope, path);
  }
  return [...faults, ...orderFaults(playbook)];
}

function orderFaults(playbook: Playbook): Fault[] {
  const faults = twice(playbook.order, 'order', (at) => jsonPath('order', at));
  const listed = new Set(playbook.order);
  for (const [at, { id }] of playbook.checks.entries())
    if (!listed.has(id))
      faults.push({
        code: 'order',
        path: jsonPath('checks', at, 'id'),
        message: `The order leaves ${id} out.`,
      });
  return faults;
}

function twice(ids: readonly string[], code: Fault['code'], place: (at: number) => string): Fault[] {
  return ids.flatMap((id, at) =>
    ids.indexOf(id) === at ? [] : [{ code, path: place(at), message: `${id} is used twice.` }],
  );
}
