import { Button } from '@tongxin/ui'
import { Popover } from 'antd'
import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './types.ts'

/** Which columns are shown, remembered on this desk under the list's name. */
export function useShownColumns<Row>(name: string, columns: readonly Column<Row>[]) {
  const place = `tongxin.columns.${name}`
  const [hidden, setHidden] = useState<readonly string[]>(() => {
    const kept = localStorage.getItem(place)
    return kept ? (JSON.parse(kept) as string[]) : columns.filter((one) => one.isHiddenAtFirst).map((one) => one.key)
  })
  const flip = (key: string) => {
    const next = hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]
    localStorage.setItem(place, JSON.stringify(next))
    setHidden(next)
  }
  return { shown: columns.filter((column) => !hidden.includes(column.key)), hidden, flip }
}

/** Ticks for the columns; the last one stays. */
export function ColumnChooser<Row>(props: {
  columns: readonly Column<Row>[]
  hidden: readonly string[]
  flip: (key: string) => void
}) {
  const { t } = useTranslation()
  const left = props.columns.length - props.hidden.length
  const list = (
    <div className="column-list">
      {props.columns.map(({ key, textKey }) => {
        const isShown = !props.hidden.includes(key)
        return (
          <label key={key} className="tick">
            <input
              type="checkbox"
              checked={isShown}
              disabled={isShown && left === 1}
              onChange={() => props.flip(key)}
            />
            {t(textKey)}
          </label>
        )
      })}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list}>
      <Button icon={<Columns3 size="1.1em" aria-hidden="true" />}>{t('shared.columns')}</Button>
    </Popover>
  )
}
