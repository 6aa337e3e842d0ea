/** A document of two checks, small enough to be spoilt in one place at a time. A fresh copy each time. */
export function smallDocument() {
  const level = {
    id: 'call',
    title: 'Call',
    who: 'incident_lead',
    instruction: 'Call the lead.',
    deadlineMinutes: 15,
  };
  const plan = { levels: [level] };
  return {
    schemaVersion: 1,
    id: 'small',
    version: '1.0.0',
    title: 'Small',
    description: 'Two checks.',
    appliesTo: { providers: ['aws'], services: [], severities: [] },
    sources: [{ title: 'Ourselves' }],
    priors: [
      {
        probabilities: { provider: 0.25, customer: 0.25, shared: 0.25, third_party: 0.25 },
        reason: 'Nothing is known.',
        source: 'Judgement',
      },
    ],
    groups: [{ id: 'all', title: 'All', cap: 2, reason: 'One story.' }],
    thresholds: {
      declare: 0.7,
      margin: 0.3,
      evidence: 0.5,
      retryAfterMinutes: 15,
      reason: 'Enough to call.',
    },
    keyChecks: { provider: ['status'], customer: ['change'] },
    checks: [
      {
        id: 'status',
        title: 'Status',
        question: 'What does the page say?',
        why: 'Separates theirs from ours.',
        side: 'provider',
        answers: [
          { id: 'green', label: 'Green', key: '1' },
          { id: 'red', label: 'Red', key: '2' },
        ],
        costMinutes: 1,
        group: 'all',
        weights: [
          { answer: 'red', logOdds: { provider: 3 }, reason: 'They say it themselves.', source: 'Judgement' },
        ],
      },
      {
        id: 'change',
        title: 'Change',
        question: 'Did we change something?',
        why: 'Separates ours from theirs.',
        side: 'customer',
        answers: [
          { id: 'yes', label: 'Yes', key: '1' },
          { id: 'no', label: 'No', key: '2' },
        ],
        costMinutes: 3,
        gate: [{ check: 'status', is: ['green', 'red'] }],
        weights: [
          {
            answer: 'yes',
            logOdds: { customer: 2 },
            reason: 'Most outages follow a change.',
            source: 'Judgement',
          },
        ],
      },
    ],
    order: ['status', 'change'],
    escalation: { provider: plan, customer: plan, shared: plan, third_party: plan, inconclusive: plan },
  };
}
