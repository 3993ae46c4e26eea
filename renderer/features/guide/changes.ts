/** What each version brought, newest first: so many points a version, with their texts under `changes.<version>`. */
export const CHANGES = [{ version: '0.1.0', points: 6 }] as const

/** Where a version's texts stand; a point in a key would be a step of its path. */
export const keyOf = (version: string): string => `v${version.replaceAll('.', '_')}`

/** Whether to tell of an update: the version whose changes were put away is another. A first day has none to compare with. */
export const isUpdate = (seen: string, version: string): boolean => seen !== '' && seen !== version
