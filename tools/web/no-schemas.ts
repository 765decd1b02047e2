/** A schema built of members of another: `AttendeeRow.properties.answer`. */
const schema: object = new Proxy({}, { get: (_, name) => (name === 'properties' ? members : undefined) })
const members: object = new Proxy({}, { get: () => schema })

/**
 * What `typebox` is in the browser: schemas are checked by the server only, so the contract's `Type.Object(…)` calls
 * become empty objects and the library (about 20 kB gzip) stays out of the bundle. Types are unaffected.
 */
const build = new Proxy({}, { get: () => () => schema })
export const Type = build
