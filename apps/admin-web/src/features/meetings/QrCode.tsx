/** A QR code from its modules, rows of `0` and `1` joined by `/`; drawn here so that no picture needs loading. */
export function QrCode({ rows, label }: { rows: string; label: string }) {
  const lines = rows.split('/')
  const size = lines.length
  const dark = lines.flatMap((line, y) => [...line].flatMap((one, x) => (one === '1' ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className="qr"
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M-4-4h${size + 8}v${size + 8}h-${size + 8}z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  )
}
