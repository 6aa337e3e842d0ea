import { request } from './api.ts';
import { remoteList } from './remote-list.ts';

/** The playbooks that an incident can follow, the general one first. */
export const useShelf = remoteList(() => request('listPlaybooks', {}), []);
