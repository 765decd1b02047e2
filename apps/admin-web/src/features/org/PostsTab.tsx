import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { ScreenProps } from '@tongxin/client/screen'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { type Leadership, printLeadership } from '@tongxin/contract/org.terms'
import { Button, DateInput, EmptyState, ErrorState, Skeleton, say } from '@tongxin/ui'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppointDialog, type Appointing } from './AppointDialog.tsx'
import { leadershipQuery } from './org.api.ts'
import { PostsTable } from './PostsTable.tsx'
import { ShiftDialog } from './ShiftDialog.tsx'
import { TermDialog } from './TermDialog.tsx'
import { TermFacts, TermHistory } from './TermFacts.tsx'
import { Vacancies } from './Vacancies.tsx'

type Props = { unit: OrgRecord } & Pick<ScreenProps, 'search' | 'setSearch'>
type Open = { readonly act: 'term' | 'shift' } | ({ readonly act: 'appoint' } & Appointing)

/** The running term, who holds which post and what is vacant, terms of the past, and the committee as of any day. */
export function PostsTab({ unit, search, setSearch }: Props) {
  const { t } = useTranslation()
  const asOf = search.asOf ?? ''
  const { data, error, refetch } = useQuery(leadershipQuery(unit.id, asOf))
  const [open, setOpen] = useState<Open | null>(null)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const close = () => setOpen(null)
  return (
    <div className="org-facts">
      <div className="org-acts tx-acts">
        <DateInput label={t('org.asOfLabel')} value={asOf} onChange={(value) => setSearch({ asOf: value })} />
        {asOf ? <Button onClick={() => setSearch({ asOf: '' })}>{t('org.today')}</Button> : null}
        <PrintActs unit={unit} />
        {unit.dissolvedOn || asOf ? null : <TermActs hasTerm={data.term !== null} onOpen={setOpen} />}
      </div>
      {asOf ? <p className="hint">{t('org.asOfLead', { on: asOf })}</p> : null}
      <TermFacts leadership={data} />
      <Vacancies
        leadership={data}
        isClosed={unit.dissolvedOn !== null}
        onFill={(post) => setOpen({ act: 'appoint', post, way: data.term ? 'by_election' : '' })}
      />
      <Posts unit={unit} leadership={data} />
      <TermHistory leadership={data} />
      {open?.act === 'appoint' ? <AppointDialog unit={unit} term={data.term} first={open} onClose={close} /> : null}
      {open?.act === 'term' ? <TermDialog unit={unit} term={data.term} onClose={close} /> : null}
      {open?.act === 'shift' && data.term ? <ShiftDialog unit={unit} term={data.term} onClose={close} /> : null}
    </div>
  )
}

function TermActs({ hasTerm, onOpen }: { hasTerm: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <>
      {hasTerm ? (
        <Button {...can('org.write')} onClick={() => onOpen({ act: 'shift' })}>
          {t('org.shiftTerm')}
        </Button>
      ) : null}
      <Button {...can('org.write')} onClick={() => onOpen({ act: 'term' })}>
        {t('org.setTerm')}
      </Button>
      <Button kind="primary" {...can('org.write')} onClick={() => onOpen({ act: 'appoint', post: '', way: '' })}>
        {t('org.appoint')}
      </Button>
    </>
  )
}

function PrintActs({ unit }: { unit: OrgRecord }) {
  const { t, i18n } = useTranslation()
  const [busy, setBusy] = useState<'own' | 'below' | null>(null)
  const print = async (which: 'own' | 'below') => {
    setBusy(which)
    try {
      await download(printLeadership, {
        params: { id: unit.id },
        query: { language: i18n.language === 'en' ? 'en' : 'zh-CN', below: which === 'below' },
      })
    } catch {
      say(t('org.printFailed'))
    } finally {
      setBusy(null)
    }
  }
  const icon = <Printer size="1.1em" aria-hidden="true" />
  return (
    <>
      <Button isBusy={busy === 'own'} icon={icon} onClick={() => void print('own')}>
        {t('org.printRegister')}
      </Button>
      {unit.children > 0 ? (
        <Button isBusy={busy === 'below'} icon={icon} onClick={() => void print('below')}>
          {t('org.printRegisterBelow')}
        </Button>
      ) : null}
    </>
  )
}

function Posts({ unit, leadership }: { unit: OrgRecord; leadership: Leadership }) {
  const { t } = useTranslation()
  if (leadership.posts.length > 0) return <PostsTable unit={unit} leadership={leadership} />
  if (leadership.asOf) return <EmptyState title={t('org.asOfNone')} />
  return <EmptyState title={t('org.noPosts')}>{t('org.noPostsHint')}</EmptyState>
}
