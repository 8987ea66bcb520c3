/** E-mails that split and nest as no honest program writes them. */
export const email = (head: string, body: string): string => `From: a@example.org\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\nSubject: x\r\nMIME-Version: 1.0\r\n${head}\r\n\r\n${body}`
export const deepEmail = (depth: number): string =>
  email('Content-Type: multipart/mixed; boundary=b0', `${Array.from({ length: depth }, (_, level) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`).join('')}deep`)
export const wideEmail = (parts: number): string => email('Content-Type: multipart/mixed; boundary=b', `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(parts)}--b--`)
