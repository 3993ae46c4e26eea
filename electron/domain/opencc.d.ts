/** One of OpenCC's lists by itself; the package has types for the whole only. */
declare module 'opencc-js/dict/TSCharacters' {
  /** `繁 简|…` */
  const list: string
  export default list
}
