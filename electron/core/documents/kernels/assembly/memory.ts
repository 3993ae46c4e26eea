/** Where the caller may place what it hands over: past our own tables. */
export function firstFree(): usize {
  return __heap_base
}
