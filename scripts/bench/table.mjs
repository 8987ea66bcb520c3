/** The rows for a reader: name, ratio, goal, met or not, and the figures behind it on a line of their own. */
export function showTable(rows) {
  const widest = Math.max(...rows.map(({ name }) => name.length))
  console.log(`\n${'row'.padEnd(widest)}  ratio   goal  met`)
  for (const { name, ratio, goal, figures } of rows) {
    const measured = Number.isFinite(ratio)
    const met = measured ? (ratio <= goal ? 'yes' : 'NO') : 'NOT RUN'
    console.log(`${name.padEnd(widest)}  ${(measured ? ratio.toFixed(2) : '-').padStart(5)}  ${`≤ ${goal}`.padStart(5)}  ${met}\n  ${figures}`)
  }
}
