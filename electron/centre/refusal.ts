/** An answer that is not 2xx. `error` is a code of this wire; details are for the desk, never for a person. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly error: string
  readonly details: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    error: string,
    details: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(error)
    this.status = status
    this.error = error
    this.details = details
    this.headers = headers
  }
}
