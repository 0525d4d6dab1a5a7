"""What becomes of the content of a message on its way out."""
import re

from harness import FakeSMTP, Group

MESSAGES = {
    'plain': ('Subject: a\n'
      + 'From: x@example.test\n'
      + '\n'
      + 'hello\n'),
    'dots': ('Subject: a\n'
      + '\n'
      + '.\n'
      + '..\n'
      + '.x\n'
      + '.\n'
      + 'end'),
    'long': ('Subject: a\n'
      + '\n'
      + 'x' * 998 + '\n'
      + 'y' * 999 + '\n'
      + 'z' * 2100 + '\n'
      + '.' * 1100 + '\n'
      + 'end\n'),
    'longhdr': ('Subject: ' + 's' * 1500 + '\n'
      + 'X-A: ' + 'a ' * 800 + '\n'
      + '\n'
      + 'b\n'),
    'bin8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: text/plain; charset=utf-8\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'café ü=3 end \n'
      + '=\n'
      + '.\n'
      + 'ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé\n'
      + 'line with trailing tab\t\n'),
    'bin8none': ('Subject: a\n'
      + '\n'
      + 'café\n'),
    'multi8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: multipart/mixed; boundary=bb\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'pre é\n'
      + '--bb\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'café\n'
      + '--bb\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: 7bit\n'
      + '\n'
      + 'seven\n'
      + '--bb\n'
      + 'Content-Type: message/rfc822\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'Subject: in\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'ü\n'
      + '--bb--\n'
      + 'post é\n'),
    'signed8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: multipart/signed; boundary=bb\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + '--bb\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'café\n'
      + '--bb--\n'),
    'b64': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: base64\n'
      + '\n'
      + 'Y2Fm\n'),
    'qp8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: quoted-printable\n'
      + '\n'
      + '=C3 é\n'),
    'hdrs': ('Received: from x\n'
      + 'Return-Path: <a@b>\n'
      + 'Subject: hello\n'
      + ' continued\n'
      + 'From: A B <alice@internal.test>\n'
      + 'To: u@x.test, "C, D" <carol@internal.test>\n'
      + 'Cc: <dave@other.test>\n'
      + 'Reply-To: alice+ext@internal.test\n'
      + 'X-Any: alice@internal.test\n'
      + '\n'
      + 'body alice@internal.test\n'
      + 'secret word\n'
      + 'keep\n'),
    'nohdr': ('\n'
      + 'only body\n'),
    'empty': '',
    'hdronly': 'Subject: x\n',
    'cr': ('Subject: a\n'
      + '\n'
      + 'x\ry\n'
      + '\r.\rz\n'),
    'ff': ('Subject: a\n'
      + '\n'
      + '\x0c\x07\n'),
    'mimeodd': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: text/html; charset="iso-8859-1"; name=x\n'
      + 'Content-Transfer-Encoding: 8bit (comment)\n'
      + 'X: y\n'
      + '\n'
      + 'é\n'),
    'noct8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'é\n'),
    'rfc8': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: message/rfc822\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'Subject: in\n'
      + '\n'
      + 'é\n'),
    'partial': ('Subject: a\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: message/partial; id=x; number=1\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'é\n'),
    'hdr8': ('Subject: café\n'
      + 'MIME-Version: 1.0\n'
      + 'Content-Type: text/plain\n'
      + 'Content-Transfer-Encoding: 8bit\n'
      + '\n'
      + 'é\n'),
}

# One line of master.cf each: the options of a service.
SERVICES = {
    'off': 'disable_mime_output_conversion=yes',
    'line0': 'smtp_line_length_limit=0',
    'line80': 'smtp_line_length_limit=80',
    'gen': 'smtp_generic_maps=@DB@:@ETC@/generic',
    'genp': 'smtp_generic_maps=@DB@:@ETC@/generic -o propagate_unmatched_extensions=generic',
    'hdr': 'smtp_header_checks=pcre:@ETC@/hc -o smtp_body_checks=pcre:@ETC@/bc',
    'bad': 'smtp_header_checks=pcre:@ETC@/hbad',
    'mime': '{ smtp_mime_header_checks=pcre:{{/^Content-Type: text/ PREPEND X-Mime: 1}} } '
            '-o { smtp_nested_header_checks=pcre:{{/^Subject:/ PREPEND X-Nest: 1}} }',
}
# What the next hop offers.
OFFERS = {"full": ("PIPELINING", "8BITMIME"), "bare": ("PIPELINING",)}

# service, offer, message, and what arrives: without the headers that this system adds.  As Postfix 3.7 does it.
ROWS = [
    ('smtp', 'full', 'plain',
     ('Subject: a\n'
     + 'From: x@example.test\n'
     + '\n'
     + 'hello\n')),
    ('smtp', 'full', 'dots',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + '.\n'
     + '..\n'
     + '.x\n'
     + '.\n'
     + 'end\n')),
    ('smtp', 'full', 'long',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'x' * 998 + '\n'
     + 'y' * 998 + '\n'
     + ' y\n'
     + 'z' * 998 + '\n'
     + ' ' + 'z' * 997 + '\n'
     + ' ' + 'z' * 105 + '\n'
     + '.' * 998 + '\n'
     + ' ' + '.' * 102 + '\n'
     + 'end\n')),
    ('smtp', 'full', 'bin8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain; charset=utf-8\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'café ü=3 end \n'
     + '=\n'
     + '.\n'
     + 'ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé\n'
     + 'line with trailing tab\t\n')),
    ('smtp', 'full', 'multi8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/mixed; boundary=bb\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'pre é\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'café\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'seven\n'
     + '--bb\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'Subject: in\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'ü\n'
     + '--bb--\n'
     + 'post é\n')),
    ('smtp', 'full', 'hdrs',
     ('Received: from x\n'
     + 'Subject: hello\n'
     + ' continued\n'
     + 'From: A B <alice@internal.test>\n'
     + 'To: u@x.test, "C, D" <carol@internal.test>\n'
     + 'Cc: <dave@other.test>\n'
     + 'Reply-To: alice+ext@internal.test\n'
     + 'X-Any: alice@internal.test\n'
     + '\n'
     + 'body alice@internal.test\n'
     + 'secret word\n'
     + 'keep\n')),
    ('smtp', 'full', 'nohdr',
     ('From: alice@internal.test\n'
     + '\n'
     + 'only body\n')),
    ('smtp', 'full', 'empty',
     ('From: alice@internal.test\n'
     + '\n')),
    ('smtp', 'full', 'hdronly',
     ('Subject: x\n'
     + 'From: alice@internal.test\n')),
    ('smtp', 'full', 'cr',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'x y\n'
     + ' . z\n')),
    ('smtp', 'full', 'ff',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + '\x0c\x07\n')),
    ('conv', 'bare', 'bin8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain; charset=utf-8\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + 'caf=C3=A9 =C3=BC=3D3 end=20\n'
     + '=3D\n'
     + '.\n'
     + '=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=\n'
     + '=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=\n'
     + '=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=\n'
     + '=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=\n'
     + '=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=\n'
     + '=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=\n'
     + '=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9=C3=A9\n'
     + 'line with trailing tab=09\n')),
    ('conv', 'bare', 'bin8none',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'café\n')),
    ('conv', 'bare', 'multi8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/mixed; boundary=bb\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'pre é\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + 'caf=C3=A9\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'seven\n'
     + '--bb\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'Subject: in\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + '=C3=BC\n'
     + '--bb--\n'
     + 'post é\n')),
    ('conv', 'bare', 'signed8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/signed; boundary=bb\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + 'caf=C3=A9\n'
     + '--bb--\n')),
    ('conv', 'bare', 'b64',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: base64\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'Y2Fm\n')),
    ('conv', 'bare', 'qp8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + '=C3 é\n')),
    ('conv', 'bare', 'mimeodd',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/html; charset="iso-8859-1"; name=x\n'
     + 'X: y\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + '=C3=A9\n')),
    ('conv', 'bare', 'noct8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + '=C3=A9\n')),
    ('conv', 'bare', 'rfc8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: message/rfc822\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'Subject: in\n'
     + '\n'
     + 'é\n')),
    ('conv', 'bare', 'partial',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: message/partial; id=x; number=1\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + '=C3=A9\n')),
    ('conv', 'bare', 'hdr8',
     ('Subject: café\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain\n'
     + 'From: alice@internal.test\n'
     + 'Content-Transfer-Encoding: quoted-printable\n'
     + '\n'
     + '=C3=A9\n')),
    ('conv', 'bare', 'plain',
     ('Subject: a\n'
     + 'From: x@example.test\n'
     + '\n'
     + 'hello\n')),
    ('off', 'bare', 'bin8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: text/plain; charset=utf-8\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'café ü=3 end \n'
     + '=\n'
     + '.\n'
     + 'ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé\n'
     + 'line with trailing tab\t\n')),
    ('off', 'bare', 'multi8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/mixed; boundary=bb\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'pre é\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'café\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'seven\n'
     + '--bb\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'Subject: in\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'ü\n'
     + '--bb--\n'
     + 'post é\n')),
    ('line0', 'full', 'long',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'x' * 998 + '\n'
     + 'y' * 999 + '\n'
     + 'z' * 2100 + '\n'
     + '.' * 1100 + '\n'
     + 'end\n')),
    ('line80', 'full', 'longhdr',
     ('Subject: sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\n'
     + ' sssssss\n'
     + 'X-A: a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n'
     + '  a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \n'
     + ' a a a a a a a a a a a a \n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'b\n')),
    ('line80', 'full', 'dots',
     ('Subject: a\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + '.\n'
     + '..\n'
     + '.x\n'
     + '.\n'
     + 'end\n')),
    ('gen', 'full', 'hdrs',
     ('Received: from x\n'
     + 'Subject: hello\n'
     + ' continued\n'
     + 'From: A B <alice.out@example.com>\n'
     + 'To: u@x.test, "C, D" <carol@internal.test>\n'
     + 'Cc: <out@example.net>\n'
     + 'Reply-To: alice.out@example.com\n'
     + 'X-Any: alice@internal.test\n'
     + '\n'
     + 'body alice@internal.test\n'
     + 'secret word\n'
     + 'keep\n')),
    ('genp', 'full', 'hdrs',
     ('Received: from x\n'
     + 'Subject: hello\n'
     + ' continued\n'
     + 'From: A B <alice.out@example.com>\n'
     + 'To: u@x.test, "C, D" <carol@internal.test>\n'
     + 'Cc: <out@example.net>\n'
     + 'Reply-To: alice.out+ext@example.com\n'
     + 'X-Any: alice@internal.test\n'
     + '\n'
     + 'body alice@internal.test\n'
     + 'secret word\n'
     + 'keep\n')),
    ('hdr', 'full', 'hdrs',
     ('Subject: new hello\n'
     + ' continued\n'
     + 'From: A B <alice@internal.test>\n'
     + 'To: u@x.test, "C, D" <carol@internal.test>\n'
     + 'Cc: <dave@other.test>\n'
     + 'Reply-To: alice+ext@internal.test\n'
     + 'X-Pre: yes\n'
     + 'X-Any: alice@internal.test\n'
     + '\n'
     + 'public\n'
     + 'before\n'
     + 'keep\n')),
    ('hdr', 'full', 'multi8',
     ('Subject: new a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/mixed; boundary=bb\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'pre é\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'café\n'
     + '--bb\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'seven\n'
     + '--bb\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'Subject: in\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'ü\n'
     + '--bb--\n'
     + 'post é\n')),
    ('bad', 'full', 'hdrs',
     ('Received: from x\n'
     + 'Subject: hello\n'
     + ' continued\n'
     + 'From: A B <alice@internal.test>\n'
     + 'To: u@x.test, "C, D" <carol@internal.test>\n'
     + 'Cc: <dave@other.test>\n'
     + 'Reply-To: alice+ext@internal.test\n'
     + 'X-Any: alice@internal.test\n'
     + '\n'
     + 'body alice@internal.test\n'
     + 'secret word\n'
     + 'keep\n')),
    ('mime', 'full', 'multi8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: multipart/mixed; boundary=bb\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'pre é\n'
     + '--bb\n'
     + 'X-Mime: 1\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'café\n'
     + '--bb\n'
     + 'X-Mime: 1\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 7bit\n'
     + '\n'
     + 'seven\n'
     + '--bb\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'X-Nest: 1\n'
     + 'Subject: in\n'
     + 'X-Mime: 1\n'
     + 'Content-Type: text/plain\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + '\n'
     + 'ü\n'
     + '--bb--\n'
     + 'post é\n')),
    ('mime', 'full', 'rfc8',
     ('Subject: a\n'
     + 'MIME-Version: 1.0\n'
     + 'Content-Type: message/rfc822\n'
     + 'Content-Transfer-Encoding: 8bit\n'
     + 'From: alice@internal.test\n'
     + '\n'
     + 'X-Nest: 1\n'
     + 'Subject: in\n'
     + '\n'
     + 'é\n')),
    ('mime', 'full', 'plain',
     ('Subject: a\n'
     + 'From: x@example.test\n'
     + '\n'
     + 'hello\n')),
]


class Content(Group):
    area = "smtp-client"
    cost = 15
    main = """
relayhost =
mydestination =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
recipient_delimiter = +
transport_maps = inline:{%s}
smtp_connection_cache_on_demand = no
""" % ", ".join("%s.test=%s:[127.0.0.1]:2600" % (s, s) for s in ["smtp", "conv", *SERVICES])
    master = "conv unix - - n - - smtp\n" + "".join(
        "%s unix - - n - - smtp\n    -o %s\n" % each for each in SERVICES.items())
    maps = {"generic": "alice@internal.test alice.out@example.com\n@other.test out@example.net\n"
                       "carol carol@example.com\nu@gen.test v@y.test\n"}
    files = {"hc": "/^Received: from x/ IGNORE\n/^Subject:\\s*(.*)/ REPLACE Subject: new $1\n"
                   "/^X-Any:/ PREPEND X-Pre: yes\n/^Reply-To/ WARN watch out\n/^Cc:/ INFO see\n/^From:/ DUNNO\n",
             "bc": "/secret/ REPLACE public\n/keep/ PREPEND before\n/^body/ IGNORE\n/caf/ WARN coffee\n",
             "hbad": "/^Subject:/ REJECT no way\n/^X-Any/ HOLD\n/^To/ REDIRECT a@b\n/^From/ DISCARD\n"
                     "/^Return/ STRIP gone\n/^Cc/ BADWORD x\n"}

    def prepare(self):
        self.hop = self.keep(FakeSMTP(("127.0.0.1", 2600)))

    def arrived(self, service, offer, message):
        self.hop.reset()
        self.hop.caps = list(OFFERS[offer])
        self.sent(self.inst.send("alice@internal.test", "u@%s.test" % service, data=MESSAGES[message]))
        m = self.found(self.hop.wait("u@%s.test" % service if service != "gen" else "v@y.test"), "message")
        text = re.sub(r"^Received: from client.*\n(\t.*\n)+", "", m.text)
        return re.sub(r"^(Message-Id|Date): .*\n", "", text, flags=re.M)

    def look(self, service, offer, message, expected):
        self.eq(self.arrived(service, offer, message), expected, "message")


def case(row):
    return lambda self: self.look(*row)


for each in ROWS:
    setattr(Content, "test_%s_%s" % (each[0], each[2]), case(each))
