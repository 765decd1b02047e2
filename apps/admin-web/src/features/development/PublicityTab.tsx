import type { DevelopmentCase } from '@tongxin/contract/development'
import { Button, dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { Megaphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ClosePublicityDialog, PostPublicityDialog, purposeOf } from './PublicityDialogs.tsx'
import { useWhyNot } from './use-why-not.ts'
import { VerdictLine } from './Verdicts.tsx'

export type Publicity = DevelopmentCase['publicities'][number]

/** Publicity of the case: where and until when, what was heard, what came of it. */
export function PublicityTab({ one }: { one: DevelopmentCase }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const later = purposeOf(one) === '' ? t('development.publicityLater') : undefined
  const [isPosting, setPosting] = useState(false)
  const [closing, setClosing] = useState<Publicity | null>(null)
  const post = (
    <Button whyNot={whyNot(one.can.record) ?? later} onClick={() => setPosting(true)}>
      {t('development.postPublicity')}
    </Button>
  )
  return (
    <>
      {one.publicities.length === 0 ? (
        <EmptyState title={t('development.noPublicity')} icon={<Megaphone aria-hidden="true" />} act={post}>
          {t('development.noPublicityHint')}
        </EmptyState>
      ) : (
        post
      )}
      {one.publicities.map((each) => (
        <One key={each.id} each={each} whyNot={whyNot(one.can.record)} onClose={() => setClosing(each)} />
      ))}
      {isPosting ? <PostPublicityDialog one={one} onClose={() => setPosting(false)} /> : null}
      {closing ? <ClosePublicityDialog one={one} publicity={closing} onClose={() => setClosing(null)} /> : null}
    </>
  )
}

function One(props: { each: Publicity; whyNot: string | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const { each } = props
  const isOver = dateOf(Date.now()) > each.until
  const state = each.closedOn
    ? { lamp: each.passed ? ('ok' as const) : ('late' as const), word: each.passed ? 'passed' : 'notPassed' }
    : { lamp: isOver ? ('warn' as const) : ('info' as const), word: isOver ? 'toClose' : 'posted' }
  return (
    <section className="development-part" aria-label={t(`words.development.purpose.${each.purpose}`)}>
      <h3>
        {t(`words.development.purpose.${each.purpose}`)}{' '}
        <Lamp state={state.lamp}>{t(`development.publicity.${state.word}`)}</Lamp>
      </h3>
      <Facts
        facts={[
          { label: t('development.publicityDays'), value: `${each.from} – ${each.until}` },
          {
            label: t('development.places'),
            value: each.places.map((place) => t(`words.development.place.${place}`)).join(t('development.listComma')),
          },
          { label: t('development.channel'), value: t(`words.development.channel.${each.channel}`) },
          ...(each.closedOn
            ? [
                { label: t('development.closedOn'), value: each.closedOn },
                { label: t('development.feedback'), value: String(each.feedback ?? 0) },
              ]
            : []),
          ...(each.verification ? [{ label: t('development.verification'), value: each.verification }] : []),
        ]}
      />
      <VerdictLine verdict={each.verdict} />
      {each.closedOn ? null : (
        <Button
          whyNot={isOver ? props.whyNot : t('development.closeAfter', { on: each.until })}
          onClick={props.onClose}
        >
          {t('development.closePublicity')}
        </Button>
      )}
    </section>
  )
}
