package messaging

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"jerem/scrub"
)

// MailServer is what takes mail.
type MailServer struct {
	Host           string
	Port           int
	IsTLS          bool // from the first byte (smtps); else STARTTLS where the server offers it
	User, Password string
	From           string
	TLS            *tls.Config // nil for the usual one
}

// The ports of mail, where the address names none.
const (
	portSMTP       = 25
	portSubmission = 587
	portSMTPS      = 465
)

// ParseMailServer reads smtp://USER:PASSWORD@HOST:PORT or smtps://…. No error shows the address.
func ParseMailServer(address, from string) (*MailServer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("mail.url is not the address of a mail server")
	}
	s := &MailServer{Host: u.Hostname(), IsTLS: u.Scheme == "smtps", User: u.User.Username(), From: from}
	s.Password, _ = u.User.Password()
	switch {
	case u.Port() != "":
		if s.Port, err = strconv.Atoi(u.Port()); err != nil || s.Port < 1 || s.Port > 65535 {
			return nil, errors.New("mail.url names no port that there is")
		}
	case s.IsTLS:
		s.Port = portSMTPS
	case s.User != "":
		s.Port = portSubmission
	default:
		s.Port = portSMTP
	}
	return s, nil
}

// timeOut bounds one delivery.
const timeOut = 30 * time.Second

// Send sends a letter by mail. A password is sent encrypted only, but to this machine itself. The error names nobody.
func (s *MailServer) Send(ctx context.Context, to string, l Letter) error {
	ctx, stop := context.WithTimeout(ctx, timeOut)
	defer stop()
	letter, err := s.composeMail(to, l)
	if err != nil {
		return err
	}
	client, err := s.newClient(ctx)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if letter.IsDelivered() {
		return nil // whatever became of the farewell: sent again it would come twice
	}
	if ctx.Err() != nil {
		return fmt.Errorf("the mail server did not take a mail: %w", ctx.Err())
	}
	return s.withoutPassword(withoutRecipient(err))
}

// newClient makes a client of which the connection ends with the context. The library bounds each command alone, goes
// on with it when it is told to end, and leaves the connection open where a login fails.
func (s *MailServer) newClient(ctx context.Context) (*mail.Client, error) {
	dial := func(dialing context.Context, network, address string) (connection net.Conn, err error) {
		if s.IsTLS {
			connection, err = (&tls.Dialer{Config: s.TLS}).DialContext(dialing, network, address)
		} else {
			connection, err = (&net.Dialer{}).DialContext(dialing, network, address)
		}
		if err == nil {
			context.AfterFunc(ctx, func() { _ = connection.Close() })
		}
		return connection, err
	}
	return mail.NewClient(s.Host, append(s.clientOptions(), mail.WithDialContextFunc(dial))...)
}

// Try tells whether the server would take mail to an address: it is logged in to and told sender and receiver, then
// taken leave of. Nothing is sent. The error names nobody.
func (s *MailServer) Try(ctx context.Context, to string) error {
	ctx, stop := context.WithTimeout(ctx, timeOut)
	defer stop()
	sender, err := netmail.ParseAddress(s.From)
	if err != nil {
		return errors.New("mail.from is no address of mail")
	}
	client, err := s.newClient(ctx)
	if err != nil {
		return err
	}
	connection, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("the mail server %s: %w", s, s.withoutPassword(err))
	}
	defer func() { _ = client.CloseWithSMTPClient(connection) }() // what was asked is answered
	return tryEnvelope(connection, sender.Address, to)
}

// tryEnvelope tells the server of a mail and takes it back.
func tryEnvelope(connection *smtp.Client, from, to string) error {
	if err := connection.Mail(from); err != nil {
		return fmt.Errorf("the mail server does not take mail from mail.from (%s)", replyCode(err))
	}
	if err := connection.Rcpt(to); err != nil {
		return fmt.Errorf("the mail server does not take mail to this address (%s)", replyCode(err))
	}
	return connection.Reset()
}

// replyCode is the number of a server's refusal: its text may name people.
func replyCode(err error) string {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return strconv.Itoa(reply.Code)
	}
	return "it broke off"
}

// withoutRecipient is an error of a mail server without what it says of the recipient, as the log names nobody.
func withoutRecipient(err error) error {
	var refused *mail.SendError
	if errors.As(err, &refused) {
		return fmt.Errorf("the mail server did not take a mail (%d)", refused.ErrorCode())
	}
	return err
}

// withoutPassword is an error of a mail server without the password, should the server quote what was sent to it, in
// the forms of a login.
func (s *MailServer) withoutPassword(err error) error {
	if err == nil || s.Password == "" {
		return err
	}
	secrets := []string{s.Password}
	for _, told := range []string{s.Password, "\x00" + s.User + "\x00" + s.Password} {
		secrets = append(secrets, base64.StdEncoding.EncodeToString([]byte(told)))
	}
	if text := scrub.Of(secrets...).Message(err.Error()); text != err.Error() {
		return errors.New(text)
	}
	return err
}

func (s *MailServer) composeMail(to string, l Letter) (*mail.Msg, error) {
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := letter.From(s.From); err != nil {
		return nil, errors.New("mail.from is no address of mail")
	}
	if err := letter.To(to); err != nil {
		return nil, errors.New("the receiver is no address of mail")
	}
	letter.Subject(l.Subject)
	letter.SetMessageIDWithValue(l.ID + "@" + s.senderDomain())
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetGenHeader("X-Auto-Response-Suppress", "All")
	letter.SetDate()
	letter.SetBodyString(mail.TypeTextPlain, l.Text)
	return letter, nil
}

// senderDomain is what the IDs of messages are of: that of the sender.
func (s *MailServer) senderDomain() string {
	for i := len(s.From) - 1; i >= 0; i-- {
		if s.From[i] == '@' {
			domain := s.From[i+1:]
			if last := len(domain) - 1; last > 0 && domain[last] == '>' {
				domain = domain[:last]
			}
			return domain
		}
	}
	return "jerem"
}

func (s *MailServer) clientOptions() []mail.Option {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(timeOut)}
	isHere := s.Host == "localhost" || net.ParseIP(s.Host).IsLoopback()
	switch {
	case s.User != "" && !isHere && !s.IsTLS: // which is encrypted from the first byte
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if s.TLS != nil {
		options = append(options, mail.WithTLSConfig(s.TLS))
	}
	if s.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if isHere && !s.IsTLS {
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return options
}

// String names the server without its password.
func (s *MailServer) String() string { return fmt.Sprintf("%s:%d", s.Host, s.Port) }
