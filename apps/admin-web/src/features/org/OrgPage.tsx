import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { type OrgRecord, printOrg } from '@tongxin/contract/org.record'
import { Button, Lamp, say } from '@tongxin/ui'
import { Landmark, Pencil, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { BelowTab } from './BelowTab.tsx'
import { ChangesTab } from './ChangesTab.tsx'
import { FactsTab } from './FactsTab.tsx'
import { ALL_ORGS, ORG_EVENTS, orgQuery } from './org.api.ts'
import { timelineOf } from './org.format.ts'
import { PostsTab } from './PostsTab.tsx'
import './org.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(orgQuery(params.id ?? ''))

/** One organisation: facts, committee and terms, what is below, what can be changed, and what was changed. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: unit } = useSuspenseQuery(orgQuery(params.id ?? ''))
  useLive(ORG_EVENTS, ALL_ORGS)
  const tabs = [
    { key: 'facts', label: t('org.tab.facts'), body: <FactsTab unit={unit} /> },
    { key: 'posts', label: t('org.tab.posts'), body: <PostsTab unit={unit} search={search} setSearch={setSearch} /> },
    { key: 'below', label: t('org.tab.below'), body: <BelowTab unit={unit} /> },
  ]
  const changes = { key: 'changes', label: t('org.tab.changes'), body: <ChangesTab unit={unit} /> }
  return (
    <RecordPage
      trail={[
        { label: t('org.title'), path: paths.org.list() },
        ...unit.trail.map((step) => ({ label: step.name, path: paths.org.one(step.id) })),
      ]}
      name={unit.name}
      seal={<Landmark aria-hidden="true" size="1.4em" />}
      state={unit.dissolvedOn ? <Lamp state="idle">{t('org.dissolvedOn', { on: unit.dissolvedOn })}</Lamp> : null}
      facts={[
        { label: t('words.org.column.kind'), value: t(`words.org.kind.${unit.kind}`) },
        { label: t('words.org.column.secretary'), value: secretaryOf(unit) ?? '—' },
        { label: t('words.org.column.members'), value: membersOf(unit) },
      ]}
      acts={<Acts unit={unit} />}
      tabs={unit.dissolvedOn ? tabs : [...tabs, changes]}
      {...(unit.changes.length > 0 ? { timeline: timelineOf(unit, t) } : {})}
      search={search}
      setSearch={setSearch}
    />
  )
}

const secretaryOf = (unit: OrgRecord) =>
  unit.posts.find((post) => post.post === 'secretary' && post.untilOn === null)?.name
const membersOf = (unit: OrgRecord) => (unit.people.formal ?? 0) + (unit.people.probationary ?? 0)

function Acts({ unit }: { unit: OrgRecord }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const [isPrinting, setPrinting] = useState(false)
  const print = async () => {
    setPrinting(true)
    try {
      await download(printOrg, {
        params: { id: unit.id },
        query: { language: i18n.language === 'en' ? 'en' : 'zh-CN' },
      })
    } catch {
      say(t('org.printFailed'))
    } finally {
      setPrinting(false)
    }
  }
  return (
    <>
      <Button isBusy={isPrinting} icon={<Printer size="1.1em" aria-hidden="true" />} onClick={() => void print()}>
        {t('org.print')}
      </Button>
      {unit.dissolvedOn || can('org.write').whyNot !== undefined ? null : (
        <Link className="tx-button" data-kind="primary" to={paths.org.correct(unit.id)}>
          <Pencil size="1.1em" aria-hidden="true" />
          {t('org.correct')}
        </Link>
      )}
    </>
  )
}
