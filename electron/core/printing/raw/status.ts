/** What a receipt or label printer says of itself. */
export interface RawStatus {
  /** Why a person should go and look; empty when all is well. */
  attention: string[]
  /** Jobs and labels it has not printed yet; undefined where it does not tell. */
  pending: number | undefined
}
