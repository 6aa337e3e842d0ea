import { Playbook } from '../../../main/core/playbook/definition.ts';

const grounds = { reason: 'for the tests', source: 'own' };
const step = { text: 'Look.' };

function weighed(answer: string, provider: number): Record<string, unknown> {
  return { answer, logOdds: { provider }, ...grounds };
}

/** A small playbook with one check of every shape the window has to draw. */
export const playbook = Playbook.parse({
  schemaVersion: 1,
  id: 'small',
  version: '1.0.0',
  title: 'Small',
  description: 'A check of every shape.',
  appliesTo: {},
  sources: [{ title: 'own' }],
  priors: [
    { probabilities: { provider: 0.25, customer: 0.25, shared: 0.25, third_party: 0.25 }, ...grounds },
  ],
  groups: [{ id: 'word', title: 'What the provider says', cap: 2, reason: 'One voice.' }],
  thresholds: { declare: 0.7, margin: 0.3, retryAfterMinutes: 15, evidence: 0.5, reason: 'for the tests' },
  keyChecks: { provider: ['account_health'], customer: ['changes'] },
  checks: [
    {
      id: 'scope',
      title: 'How wide it is',
      question: 'How much is affected?',
      why: 'Separates wide from narrow.',
      side: 'both',
      howTo: { all: [step] },
      costMinutes: 1,
      answers: [
        { id: 'one_region', label: 'One region', key: '1' },
        { id: 'global', label: 'Everywhere', key: '2' },
      ],
      weights: [weighed('global', 1.5), weighed('one_region', 0.5)],
    },
    {
      id: 'account_health',
      title: 'Account health',
      question: 'Does the account health show an event?',
      why: 'The provider ties it to us.',
      side: 'provider',
      costMinutes: 3,
      group: 'word',
      answers: [
        { id: 'none', label: 'No event', key: '1' },
        { id: 'matching', label: 'A matching event', key: '2' },
      ],
      weights: [weighed('matching', 3), weighed('none', -0.3)],
    },
    {
      id: 'changes',
      title: 'Our recent changes',
      question: 'What changed before onset?',
      why: 'Most outages follow a change.',
      side: 'customer',
      several: true,
      costMinutes: 5,
      answers: [
        { id: 'none', label: 'Nothing', key: '1', alone: true },
        { id: 'deploy', label: 'A deploy', key: '2' },
        { id: 'dns', label: 'DNS', key: '3' },
      ],
      weights: [weighed('none', 1), weighed('deploy', -1.2), weighed('dns', -1)],
    },
    {
      id: 'minutes_before',
      title: 'Minutes before onset',
      question: 'How many minutes before onset was it?',
      why: 'Nearer is likelier.',
      side: 'customer',
      costMinutes: 1,
      asksNumber: { label: 'Minutes before onset', unit: 'minutes' },
      answers: [{ id: 'minutes', label: 'Minutes before onset', key: '1', number: true }],
      weights: [{ ...weighed('minutes', 0), byNumber: [{ upTo: 15, logOdds: { customer: 1 } }] }],
    },
  ],
  order: ['scope', 'account_health', 'changes', 'minutes_before'],
  escalation: Object.fromEntries(
    ['provider', 'customer', 'shared', 'third_party', 'inconclusive'].map((label) => [
      label,
      {
        levels: [
          { id: 'call', title: 'Call', who: 'incident_lead', instruction: 'Call.', deadlineMinutes: 15 },
        ],
      },
    ]),
  ),
});
