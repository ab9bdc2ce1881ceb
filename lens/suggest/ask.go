package suggest

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Failure is why the server gave no answer that could be read. It holds nothing
// that the server or anybody else said.
type Failure struct {
	Reason Reason
	Status int // of HTTP, where there was one
}

// Reason is what went wrong with asking.
type Reason string

// The reasons.
const (
	Unreachable Reason = "the server cannot be reached"
	Outside     Reason = "the server is outside the own network and has no TLS"
	Untrusted   Reason = "the certificate of the server is not trusted"
	Slow        Reason = "the server took too long"
	Spent       Reason = "the time for all of it is spent"
	Refused     Reason = "the server refuses the question"
	Busy        Reason = "the server is busy or broken, also after trying again"
	Redirected  Reason = "the server sends to another address, which is not followed"
	Large       Reason = "the answer is larger than 1 MiB"
	Broken      Reason = "the answer broke off, or is not of the protocol"
	Nonsense    Reason = "the answers hold no line that can be taken"
)

func (f *Failure) Error() string {
	if f.Status != 0 {
		return fmt.Sprintf("suggest: %s (status %d)", f.Reason, f.Status)
	}
	return "suggest: " + string(f.Reason)
}

// maxAnswer bounds what is read of an answer.
const maxAnswer = 1 << 20

// maxRetries is how often one question is asked again of a busy server.
const maxRetries = 2

// message is one text of the protocol.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// request is a question of the protocol. The same question has the same bytes.
type request struct {
	Name        string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature float64   `json:"temperature"`
	Seed        int       `json:"seed,omitempty"`
	Form        *form     `json:"response_format,omitempty"`
	Stream      bool      `json:"stream"`
}

type form struct {
	Type string `json:"type"`
}

// body writes a question. Plain leaves out what not every server knows.
func (s *Suggester) body(question string, plain bool) []byte {
	r := request{Name: s.config.Name, Messages: []message{{"system", system}, {"user", question}}}
	if !plain {
		r.Seed, r.Form = 1, &form{"json_object"}
	}
	body, err := json.Marshal(r)
	if err != nil {
		panic("suggest: a question is texts and numbers: " + err.Error())
	}
	return body
}

// round is one time of suggesting.
type round struct {
	*Suggester
	report Report
	plain  bool // the server did not take what not every server knows
}

// answer asks one question, again where the server is busy and there is time,
// and once in a plainer form where the server does not take it as it is.
func (r *round) answer(ctx context.Context, question string) (string, error) {
	for retries := 0; ; {
		answer, after, err := r.once(ctx, r.body(question, r.plain))
		var failure *Failure
		switch {
		case err == nil:
			return answer, nil
		case !errors.As(err, &failure):
			return "", err
		case (failure.Status == http.StatusBadRequest || failure.Status == http.StatusUnprocessableEntity) && !r.plain:
			r.plain = true
			continue
		case failure.Reason != Busy || retries == maxRetries:
			return "", err
		}
		if after == 0 {
			after = time.Second << retries
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < after {
			return "", &Failure{Reason: Spent, Status: failure.Status}
		}
		if err := r.config.Wait(ctx, after); err != nil {
			return "", outOfTime(ctx)
		}
		retries++
		r.report.Retries++
	}
}

// once asks one time. Where the server is busy it gives how long it wants to be
// left alone, 0 where it does not say.
func (r *round) once(ctx context.Context, body []byte) (answer string, after time.Duration, err error) {
	r.report.Requests++
	one, cancel := context.WithTimeout(ctx, r.config.Request)
	defer cancel()
	ask, err := http.NewRequestWithContext(one, http.MethodPost, r.ask, bytes.NewReader(body))
	if err != nil {
		return "", 0, errForm
	}
	ask.Header.Set("Content-Type", "application/json")
	ask.Header.Set("Accept", "application/json")
	ask.Header.Set("User-Agent", "samenspel")
	if r.config.Key != "" {
		ask.Header.Set("Authorization", "Bearer "+string(r.config.Key))
	}
	response, err := r.client.Do(ask)
	if err != nil {
		return "", 0, reason(ctx, one, err)
	}
	defer func() { _ = response.Body.Close() }()
	if failure := refusal(response.StatusCode); failure != nil {
		return "", retryAfter(response.Header.Get("Retry-After"), time.Now()), failure
	}
	read, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return "", 0, reason(ctx, one, err)
	case len(read) > maxAnswer:
		return "", 0, &Failure{Reason: Large}
	}
	answer, err = content(read)
	return answer, 0, err
}

// content takes the text out of an answer of the protocol.
func content(read []byte) (string, error) {
	var got struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if json.Unmarshal(read, &got) != nil || len(got.Choices) == 0 {
		return "", &Failure{Reason: Broken}
	}
	return got.Choices[0].Message.Content, nil
}

// refusal gives what a status says that is not an answer; nil for an answer.
func refusal(status int) *Failure {
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusTooManyRequests, status >= 500:
		return &Failure{Busy, status}
	case status >= 300 && status < 400:
		return &Failure{Redirected, status}
	}
	return &Failure{Refused, status}
}

// reason says what kept an answer away. What the error itself says is not
// passed on: it may quote the server, and the server may quote the text.
func reason(ctx, one context.Context, err error) error {
	var certificate *tls.CertificateVerificationError
	var op *net.OpError
	switch {
	case ctx.Err() != nil:
		return outOfTime(ctx)
	case one.Err() != nil:
		return &Failure{Reason: Slow}
	case errors.Is(err, errFar):
		return &Failure{Reason: Outside}
	case errors.As(err, &certificate):
		return &Failure{Reason: Untrusted}
	case errors.As(err, &op) && op.Op == "dial":
		return &Failure{Reason: Unreachable}
	}
	return &Failure{Reason: Broken}
}

// outOfTime tells the time for all of it from a caller who gave up.
func outOfTime(ctx context.Context) error {
	if errors.Is(context.Cause(ctx), errSpent) {
		return &Failure{Reason: Spent}
	}
	return ctx.Err()
}

// retryAfter reads how long a server wants to be left alone, in seconds or until
// a time; 0 where that is not said.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.Atoi(header); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	if until, err := http.ParseTime(header); err == nil {
		return max(until.Sub(now), 0)
	}
	return 0
}
