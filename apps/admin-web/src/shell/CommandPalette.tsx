import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useSession } from '@tongxin/client/session'
import { Palette } from '@tongxin/ui'
import { type KeyboardEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acts, navigation } from '../navigation.ts'
import { paths } from '../paths.ts'
import { type Hit, searchers } from '../search.ts'

type Entry = Hit & { readonly group: string }

function useEntries(text: string): readonly Entry[] {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const pages = navigation.filter((row) => permissions.includes(row.permission))
  const may = acts.filter((act) => permissions.includes(act.permission))
  const known: Entry[] = [
    ...may.map((act) => ({ title: t(act.textKey), hint: '', path: act.path, group: t('shell.acts') })),
    { title: t('shell.workbench'), hint: '', path: paths.workbench(), group: t('shell.pages') },
    ...pages.map((row) => ({
      title: t(row.textKey),
      hint: t(`shell.group.${row.group}`),
      path: row.path,
      group: t('shell.pages'),
    })),
  ]
  const words = text.trim().toLowerCase()
  const asked = searchers.filter((searcher) => permissions.includes(searcher.permission))
  const { data: found } = useQuery({
    queryKey: ['global-search', words],
    enabled: words !== '' && asked.length > 0,
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(asked.map(async (one) => ({ one, hits: await one.search(words, signal) })))
      return answers.flatMap(({ one, hits }) => hits.map((hit) => ({ ...hit, group: t(one.textKey) })))
    },
  })
  return [...(words === '' ? [] : (found ?? [])), ...known.filter((entry) => entry.title.toLowerCase().includes(words))]
}

/** Pages, frequent acts and search in one box; arrows choose, Enter goes there. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(useDeferredValue(text))
  const chosen = Math.min(at, entries.length - 1)
  const go = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    void router.navigate({ to: entry.path })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(entries[chosen])
    else return
    event.preventDefault()
  }
  return (
    <Palette isOpen onClose={onClose} title={t('shell.find')}>
      <input
        className="palette-input"
        // The person just asked for this box.
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries.length > 0 ? `palette-${chosen}` : undefined}
        aria-label={t('shell.find')}
        placeholder={t('shell.findHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div id="palette-list" className="palette-list" role="listbox" aria-label={t('shell.found')}>
        {entries.map((entry, index) => (
          <button
            key={`${entry.group} ${entry.path} ${entry.title}`}
            id={`palette-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseEnter={() => setAt(index)}
            onClick={() => go(entry)}
          >
            <span>{entry.title}</span>
            <small>{[entry.group, entry.hint].filter(Boolean).join(' · ')}</small>
          </button>
        ))}
      </div>
      {entries.length === 0 ? <p className="palette-none">{t('shell.foundNothing')}</p> : null}
    </Palette>
  )
}
