/** The part of @point-of-sale/receipt-printer-encoder that the tests use; the package brings no types. */
declare module '@point-of-sale/receipt-printer-encoder' {
  export default class ReceiptPrinterEncoder {
    constructor(options: { language: 'esc-pos'; imageMode: 'raster' | 'column'; columns: number })
    initialize(): this
    image(image: ImageData, width: number, height: number, algorithm: 'threshold', threshold: number): this
    cut(): this
    encode(): Uint8Array
  }
}
