/** How finely images of received PDFs are kept. */
export interface ImageTreatment {
  /** Pixels per inch, as drawn, of images that have half as many again or more. */
  readonly dpi: number
  /** Of JPEG. */
  readonly quality: number
  /** Lowest structural similarity, as drawn at 150 dpi, of what may take an image's place. */
  readonly likeness: number
  /** JPEGs of usual resolution are coded anew as well, which costs a little each time. */
  readonly jpegs: boolean
}

/** What nobody sees: pixels finer than print, pictures that were never coded as such. */
export const GENTLE: ImageTreatment = { dpi: 300, quality: 80, likeness: 0.97, jpegs: false }

/** From there down to where small print in a scanned page can just be read, for deliveries with a budget. */
export const COARSER: readonly ImageTreatment[] = [
  { dpi: 300, quality: 70, likeness: 0.95, jpegs: true },
  { dpi: 200, quality: 60, likeness: 0.92, jpegs: true },
  { dpi: 150, quality: 45, likeness: 0.88, jpegs: true },
]
