package backup

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"samenspel/journal"
)

// A file begins, in clear, with the magic, the number of the format, the part,
// and the key of the file as the master sealed it, its length before it. Then
// come the chunks: each is full but the last, and opens at its own number only.
const (
	magic        = "samenspel backup"
	formatNow    = 1
	chunkSize    = 64 << 10
	tagSize      = 16
	maxSealedKey = 1 << 10
)

// sealer writes what it is given in sealed chunks.
type sealer struct {
	to     io.Writer
	aead   cipher.AEAD
	head   []byte // authenticated with every chunk
	number uint64
	plain  []byte
	sealed []byte
}

// newSealer begins a file with a key of its own.
func newSealer(to io.Writer, master *journal.Master, part Part) (*sealer, error) {
	key := make([]byte, 32)
	rand.Read(key)
	wrapped, err := master.Seal(part.purpose(), key)
	if err != nil {
		return nil, err
	}
	head := append([]byte(magic), formatNow, byte(part))
	head = binary.BigEndian.AppendUint16(head, uint16(len(wrapped)))
	head = append(head, wrapped...)
	aead, err := chunks(key)
	if err != nil {
		return nil, err
	}
	if _, err := to.Write(head); err != nil {
		return nil, err
	}
	return &sealer{to: to, aead: aead, head: head, plain: make([]byte, 0, chunkSize)}, nil
}

func chunks(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// nonce says which chunk it is. The key of a file seals nothing else, so no
// nonce is ever used twice under it.
func nonce(number uint64, last bool) []byte {
	n := make([]byte, 12)
	binary.BigEndian.PutUint64(n[3:], number)
	if last {
		n[11] = 1
	}
	return n
}

func (s *sealer) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		if len(s.plain) == chunkSize { // more comes, so it is not the last
			if err := s.seal(false); err != nil {
				return 0, err
			}
		}
		n := min(len(p), chunkSize-len(s.plain))
		s.plain, p = append(s.plain, p[:n]...), p[n:]
	}
	return written, nil
}

// finish writes the last chunk.
func (s *sealer) finish() error { return s.seal(true) }

func (s *sealer) seal(last bool) error {
	s.sealed = s.aead.Seal(s.sealed[:0], nonce(s.number, last), s.plain, s.head)
	s.number, s.plain = s.number+1, s.plain[:0]
	_, err := s.to.Write(s.sealed)
	return err
}

// opener reads what a sealer wrote, or ErrDamaged. It gives io.EOF after the
// last chunk only.
type opener struct {
	from   *bufio.Reader
	aead   cipher.AEAD
	head   []byte
	number uint64
	sealed []byte
	plain  []byte // not given yet
	last   bool
}

// newOpener reads the beginning of a file.
func newOpener(from io.Reader, master *journal.Master, part Part) (*opener, error) {
	r := bufio.NewReaderSize(from, chunkSize+tagSize)
	head := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, cutOr(err, ErrForeign)
	}
	of := head[len(magic):]
	size := int(binary.BigEndian.Uint16(of[2:]))
	switch {
	case !bytes.HasPrefix(head, []byte(magic)):
		return nil, ErrForeign
	case of[0] > formatNow:
		return nil, ErrNewer
	case of[0] == 0 || size == 0 || size > maxSealedKey:
		return nil, damaged("its beginning")
	case Part(of[1]) != part:
		return nil, fmt.Errorf("%w: it is not the part with the %s", ErrForeign, part)
	}
	wrapped := make([]byte, size)
	if _, err := io.ReadFull(r, wrapped); err != nil {
		return nil, cutOr(err, damaged("it is cut off"))
	}
	key, err := master.Open(part.purpose(), wrapped)
	if err != nil || len(key) != 32 {
		return nil, ErrSealed
	}
	aead, err := chunks(key)
	if err != nil {
		return nil, err
	}
	return &opener{from: r, aead: aead, head: append(head, wrapped...), sealed: make([]byte, chunkSize+tagSize)}, nil
}

// cutOr gives what a file that ends too early means, or the fault of the disk.
func cutOr(err, cut error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return cut
	}
	return err
}

func (o *opener) Read(p []byte) (int, error) {
	for len(o.plain) == 0 {
		if o.last {
			return 0, io.EOF
		}
		if err := o.chunk(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.plain)
	o.plain = o.plain[n:]
	return n, nil
}

func (o *opener) chunk() error {
	n, err := io.ReadFull(o.from, o.sealed)
	if err != nil && n == 0 {
		return cutOr(err, damaged("its end is missing"))
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if _, err := o.from.Peek(1); err != nil {
		if !errors.Is(err, io.EOF) {
			return err
		}
		o.last = true
	}
	o.plain, err = o.aead.Open(o.sealed[:0], nonce(o.number, o.last), o.sealed[:n], o.head)
	if err != nil {
		return damaged("chunk %d", o.number)
	}
	o.number++
	return nil
}
