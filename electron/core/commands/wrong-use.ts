/** A wrong way to call a command; told with the usage. */
export class WrongUse extends Error {}
