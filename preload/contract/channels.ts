/** Every request the window may make, by name. Only this list is in the sandboxed preload. */
export const CHANNELS = [
  'appInfo',
  'listIncidents',
  'declareIncident',
  'getIncident',
  'getTimeline',
  'commandIncident',
  'acceptVerdict',
  'listFeeds',
  'saveFeed',
  'deleteFeed',
  'checkFeeds',
  'attachFeedStatement',
  'getFeedLanes',
  'getFeedStatement',
  'saveFeedSnapshot',
  'importEvidence',
  'cancelImport',
  'chooseEvidence',
  'getCustomerSide',
  'attachRecord',
  'listFindings',
  'attachFinding',
  'listContacts',
  'saveContact',
  'deleteContact',
  'exportIncident',
  'showExport',
  'verifyIncident',
  'listScenarios',
  'startDrill',
  'finishDrill',
  'getSettings',
  'saveSettings',
  'saveDraft',
  'listDrafts',
  'openExternal',
  'listPlaybooks',
  'switchPlaybook',
  'restoreBackup',
  'startAnew',
  'proposeMapping',
  'listMappings',
  'saveMapping',
  'deleteMapping',
] as const;

export type Channel = (typeof CHANNELS)[number];

/** Every message main sends to the window by itself. */
export const PUSHES = ['changed', 'importProgress', 'openIncident'] as const;
export type Push = (typeof PUSHES)[number];

/** On the wire each name carries this prefix, so that nothing else can be meant. */
export const WIRE_PREFIX = 'demarc:';
