import { STANDING_LAMPS, standingOf } from '@tongxin/client/unit-standing'
import type { PackageItem, UnitStanding } from '@tongxin/contract/courseware.words'
import { Button, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly contents: readonly PackageItem[]
  readonly units: readonly UnitStanding[]
  /** The unit that is being opened, while it is. */
  readonly opening: string | null
  readonly onOpen: (unit: UnitStanding) => void
}

/** The contents of a cmi5 package: each unit with how far one is, and a way in. */
export function Units({ contents, units, opening, onOpen }: Props) {
  const { t } = useTranslation()
  const byItem = new Map(units.map((unit) => [unit.item, unit]))
  return (
    <section className="card">
      <h3>{t('courseware.contents')}</h3>
      <ul className="courseware-units">
        {contents.map((line) => {
          const unit = byItem.get(line.id)
          return (
            <li key={line.id} data-depth={Math.min(line.depth, 3)}>
              {unit ? (
                <Unit title={line.title} unit={unit} isBusy={opening === line.id} onOpen={() => onOpen(unit)} />
              ) : (
                <strong>{line.title}</strong>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Unit(props: { title: string; unit: UnitStanding; isBusy: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  const { title, unit } = props
  const key = standingOf(unit)
  const facts = [
    t(`words.courseware.moveOn.${unit.moveOn}`),
    ...(unit.scaled === null ? [] : [t('courseware.score', { n: Math.round(unit.scaled * 100) })]),
    ...(unit.waivedFor === null ? [] : [unit.waivedFor]),
  ]
  const isBegun = key !== 'open'
  return (
    <>
      <div>
        <span>{title}</span>
        <Lamp state={STANDING_LAMPS[key]}>{t(`courseware.unit.${key}`)}</Lamp>
        <span className="hint">{facts.join(' · ')}</span>
      </div>
      <Button isBusy={props.isBusy} onClick={props.onOpen} aria-label={`${t(verbOf(unit, isBegun))} ${title}`}>
        {t(verbOf(unit, isBegun))}
      </Button>
    </>
  )
}

const verbOf = (unit: UnitStanding, isBegun: boolean): string =>
  `courseware.${unit.isSatisfied && isBegun ? 'review' : 'open'}`
