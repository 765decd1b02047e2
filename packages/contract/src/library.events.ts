/** The library. Subjects are documents (`library_document`), classes and shares; titles are no secrets. */
export type LibraryEvents = {
  'library.class_added': { name: string }
  'library.class_changed': { name: string }
  'library.class_closed': { name: string }
  'library.published': { title: string; kind: string; secrecy: string }
  'library.changed': { title: string; fields: string[] }
  'library.version_added': { title: string; number: number }
  'library.binned': { title: string }
  'library.archived': { title: string; retention: string }
  'library.restored': { title: string }
  'library.replaced': { title: string; older: string; isWhole: boolean }
  'library.unreplaced': { title: string; older: string }
  'library.shared': { title: string; people: number; until: string }
  'library.share_ended': { title: string }
  'library.downloaded': { title: string; number: number }
}
