import sharp from 'sharp'

// One pool process works on one page: libvips threads and caches would only multiply memory.
sharp.concurrency(1)
sharp.cache(false)
// Never more formats than we ask for: SVG and others can reach out to the network or to other files.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadTiff', 'VipsForeignLoadWebp'],
})

/** The image library as workers may use it on bytes from outside. */
export { sharp }
