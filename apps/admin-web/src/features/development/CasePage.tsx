import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useSession } from '@tongxin/client/session'
import { useLive } from '@tongxin/client/stream'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { Lamp } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage, type RecordTab } from '../../shared/pages/RecordPage.tsx'
import { CaseActs } from './CaseActs.tsx'
import { DecideDrawer } from './DecideDrawer.tsx'
import { ALL_DEVELOPMENT, caseQuery, DEVELOPMENT_EVENTS, stepsQuery } from './development.api.ts'
import { lampOf } from './development.format.ts'
import { NextPanel } from './NextPanel.tsx'
import { PapersTab } from './PapersTab.tsx'
import { PeopleTab } from './PeopleTab.tsx'
import { PublicityTab } from './PublicityTab.tsx'
import { Road } from './Road.tsx'
import { StepDrawer } from './StepDrawer.tsx'
import type { Values } from './StepFields.tsx'
import { VettingTab } from './VettingTab.tsx'
import './development.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(caseQuery(params.id ?? '')), queryClient.ensureQueryData(stepsQuery())])

/** What is open beside the case: the form of a step, or the decision on one that was recorded. */
export type OnStep = {
  readonly record: (step: number, preset?: Values) => void
  readonly decide: (stepId: string) => void
  readonly review: () => void
}

/** One case: where it stands, what comes next and who acts, the road behind and ahead, and what belongs to it. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(DEVELOPMENT_EVENTS, ALL_DEVELOPMENT)
  const { data: one } = useSuspenseQuery(caseQuery(params.id ?? ''))
  const { permissions } = useSession()
  const [preset, setPreset] = useState<Values>({})
  const on: OnStep = {
    record: (step, given = {}) => {
      if (step === 10) return setSearch({ tab: 'vetting' })
      setPreset(given)
      setSearch({ open: `step-${step}` })
    },
    decide: (stepId) => setSearch({ open: `decide-${stepId}` }),
    review: () => setSearch({ tab: 'people' }),
  }
  const lamp = lampOf(one.card)
  const tabs: RecordTab[] = [
    {
      key: 'road',
      label: t('development.road'),
      body: (
        <>
          <NextPanel one={one} on={on} />
          <Road one={one} on={on} />
        </>
      ),
    },
    { key: 'people', label: t('development.peopleTab'), body: <PeopleTab one={one} /> },
    { key: 'publicity', label: t('development.publicityTab'), body: <PublicityTab one={one} /> },
    { key: 'papers', label: t('development.papersTab'), body: <PapersTab one={one} /> },
    ...(permissions.includes('development.vet')
      ? [{ key: 'vetting', label: t('development.vettingTab'), body: <VettingTab one={one} /> }]
      : []),
  ]
  return (
    <>
      <RecordPage
        trail={[{ label: t('development.title'), path: paths.development.list() }]}
        name={one.card.name}
        state={<Lamp state={lamp.state}>{t(lamp.key)}</Lamp>}
        facts={[
          { label: t('development.branch'), value: one.card.orgName },
          { label: t('development.stage'), value: t(`words.development.stage.${one.card.stage}`) },
          { label: t('development.appliedOn'), value: one.card.appliedOn ?? '' },
          ...(one.card.probationEnd ? [{ label: t('development.probationEnd'), value: one.card.probationEnd }] : []),
        ]}
        acts={<CaseActs one={one} on={on} />}
        tabs={tabs}
        search={search}
        setSearch={setSearch}
      />
      <Beside one={one} open={search.open ?? ''} preset={preset} onClose={() => setSearch({ open: '' })} />
    </>
  )
}

function Beside(props: { one: DevelopmentCase; open: string; preset: Values; onClose: () => void }) {
  const { one, open, onClose } = props
  const [kind, ...rest] = open.split('-')
  const id = rest.join('-')
  if (kind === 'step')
    return <StepDrawer key={id} one={one} step={Number(id)} preset={props.preset} onClose={onClose} />
  const row = kind === 'decide' ? one.steps.find((step) => step.id === id && step.state === 'recorded') : undefined
  return row ? <DecideDrawer key={id} one={one} row={row} onClose={onClose} /> : null
}
