import { useState } from 'react'

type Kept<Values> = { readonly at: number; readonly values: Values }

/**
 * Form values that survive a reload. They are kept in this tab only: a desk is shared, and a form about a person must
 * not outlive the tab in which it was filled in. `discard` forgets them, also after the form was accepted.
 */
export function useDraft<Values extends object>(name: string, empty: Values) {
  const place = `tongxin.draft.${name}`
  const [kept, setKept] = useState<Kept<Values> | null>(() => {
    const text = sessionStorage.getItem(place)
    return text ? (JSON.parse(text) as Kept<Values>) : null
  })
  const change = (values: Partial<Values>) => {
    // From where it is kept, not from this rendering: two fields may change before the next one.
    const text = sessionStorage.getItem(place)
    const before = text ? (JSON.parse(text) as Kept<Values>).values : empty
    const next = { at: Date.now(), values: { ...before, ...values } }
    sessionStorage.setItem(place, JSON.stringify(next))
    setKept(next)
  }
  const discard = () => {
    sessionStorage.removeItem(place)
    setKept(null)
  }
  return { values: kept?.values ?? empty, change, discard, savedAt: kept?.at ?? null }
}
