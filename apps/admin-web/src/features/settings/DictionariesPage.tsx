import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { type listEntries, saveEntry } from '@tongxin/contract/settings'
import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'
import { Button, Dialog, EmptyState, ErrorState, RefusalText, Select, Skeleton, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { SettingsNav } from './SettingsNav.tsx'
import { ALL_SETTINGS, entriesQuery } from './settings.api.ts'
import './settings.css'

/** What an organisation may extend, and codes of national standards, which ship with the product. */
const DICTIONARIES = ['org_tags', 'ethnic_groups', 'education_levels'] as const
const BUILT_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ethnic_groups: ETHNIC_GROUPS,
  education_levels: EDUCATION_LEVELS,
}
type Entry = Reply<typeof listEntries>['rows'][number]
type Draft = { code: string; zh: string; en: string; sortOrder: string; active: string; isNew: boolean }

/** The dictionaries: own entries in both languages, and the codes of national standards as they ship. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const dictionary = DICTIONARIES.find((one) => one === search.dictionary) ?? DICTIONARIES[0]
  const builtIn = BUILT_IN[dictionary]
  return (
    <div className="page">
      <title>{`${t('settings.dictionaries')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('settings.dictionaries')}</h1>
      </header>
      <SettingsNav />
      <div className="filter-row">
        <Select
          label={t('settings.dictionary')}
          value={dictionary}
          onChange={(value) => setSearch({ dictionary: value })}
          options={DICTIONARIES.map((value) => ({ value, label: t(`settings.dict.${value}`) }))}
        />
      </div>
      <div className="panel settings-body">
        {builtIn ? <BuiltIn entries={builtIn} /> : <Own key={dictionary} dictionary={dictionary} />}
      </div>
    </div>
  )
}

function BuiltIn({ entries }: { entries: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="hint">{t('settings.builtIn')}</p>
      <table className="settings-table">
        <thead>
          <tr>
            <th>{t('settings.entry.code')}</th>
            <th>{t('settings.entry.zh')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(entries).map(([code, name]) => (
            <tr key={code}>
              <td>{code}</td>
              <td lang="zh-CN">{name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Own({ dictionary }: { dictionary: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const query = useQuery(entriesQuery(dictionary))
  const [draft, setDraft] = useState<Draft | null>(null)
  if (query.isPending) return <Skeleton lines={6} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { rows } = query.data
  const fresh = { code: '', zh: '', en: '', sortOrder: String(rows.length * 10 + 10), active: 'true', isNew: true }
  const edit = (row: Entry) =>
    setDraft({ ...row, sortOrder: String(row.sortOrder), active: String(row.active), isNew: false })
  return (
    <>
      <div className="tx-acts">
        <Button kind="primary" {...can('settings.write')} onClick={() => setDraft(fresh)}>
          {t('settings.addEntry')}
        </Button>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('settings.noEntries')}>{t('settings.noEntriesHint')}</EmptyState>
      ) : (
        <EntriesTable rows={rows} onEdit={edit} />
      )}
      {draft ? <EntryDialog dictionary={dictionary} first={draft} onClose={() => setDraft(null)} /> : null}
    </>
  )
}

function EntriesTable({ rows, onEdit }: { rows: readonly Entry[]; onEdit: (row: Entry) => void }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <table className="settings-table">
      <thead>
        <tr>
          {(['zh', 'en', 'code', 'sortOrder', 'active'] as const).map((column) => (
            <th key={column}>{t(`settings.entry.${column}`)}</th>
          ))}
          <th>
            <span className="tx-hidden">{t('settings.change')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.zh}</td>
            <td>{row.en}</td>
            <td>{row.code}</td>
            <td>{row.sortOrder}</td>
            <td>{t(row.active ? 'settings.inUse' : 'settings.notInUse')}</td>
            <td>
              <Button kind="quiet" {...can('settings.write')} onClick={() => onEdit(row)}>
                {t('settings.change')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function EntryDialog({ dictionary, first, onClose }: { dictionary: string; first: Draft; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(first)
  const save = useWrite(saveEntry, {
    refreshes: ALL_SETTINGS,
    onDone: () => {
      say(t('settings.saved'))
      onClose()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const { code, zh, en, sortOrder, active, isNew } = draft
  const missing = (['zh', 'en', 'code'] as const).find((field) => draft[field].trim() === '')
  const field = (name: 'code' | 'zh' | 'en' | 'sortOrder') => ({
    label: t(`settings.entry.${name}`),
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    error: errorAt(name === 'code' ? '/params/code' : `/body/${name}`),
  })
  const submit = () =>
    save.mutate({
      params: { dictionary, code: code.trim() },
      body: { zh: zh.trim(), en: en.trim(), sortOrder: Number(sortOrder) || 0, active: active === 'true' },
    })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isNew ? 'settings.addEntry' : 'settings.change')}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button
            kind="primary"
            isBusy={save.isPending}
            whyNot={missing ? t('settings.fillFirst', { field: t(`settings.entry.${missing}`) }) : undefined}
            onClick={submit}
          >
            {t('settings.save')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <RefusalText error={save.error} />
        <TextInput required {...field('zh')} />
        <TextInput required {...field('en')} />
        <TextInput required readOnly={!isNew} help={t('settings.codeHelp')} {...field('code')} />
        <TextInput inputMode="numeric" {...field('sortOrder')} />
        <Select
          label={t('settings.entry.active')}
          value={active}
          onChange={(value) => setDraft({ ...draft, active: value })}
          options={['true', 'false'].map((value) => ({
            value,
            label: t(value === 'true' ? 'settings.inUse' : 'settings.notInUse'),
          }))}
        />
      </div>
    </Dialog>
  )
}
