/** Where an article stands, as librarians write it. */
export interface Cited {
  readonly year: string
  readonly volumeNo: string
  readonly issueNo: string
  readonly pages: string
}

const BRACKETS = new RegExp('^[(（](.*)[)）]$')

/** "2015, 52(4): 477–492" from what is known of it; '' when nothing is. */
export function citation({ year, volumeNo, issueNo, pages }: Cited): string {
  // Some catalogues bring the brackets along.
  const issue = issueNo.replace(BRACKETS, '$1')
  const volume = `${volumeNo}${issue && `(${issue})`}`
  const head = [year, volume].filter(Boolean).join(', ')
  return [head, pages.replace(/-/g, '–')].filter(Boolean).join(': ')
}
