"""Files with the words of reports: what counts as one, what is wrong with others, and what $names in them become."""
import re

from harness import Group

HEAD = "Charset: us-ascii\nFrom: a@b (X)\nSubject: s\n"


def failure(inside):
    return "failure_template = <<EOF\n%sEOF\n" % inside


def text(line):
    return failure("\n%s\n" % line)


# name: the file.
FILES = {
    "plain": failure(HEAD + "\nhello $myhostname\n"),
    "unknown_name": "foo_template = <<EOF\n%s\nhello\nEOF\n" % HEAD,
    "name_without_its_end": "failure = <<EOF\n\nhello\nEOF\n",
    "name_in_capitals": "Failure_Template = <<EOF\n\nhello\nEOF\n",
    "no_end_marker": "failure_template = <<EOF\n%s\nhello\n" % HEAD,
    "no_equals_sign": "failure_template <<EOF\n\nhello\nEOF\n",
    "no_name": "= <<EOF\n\nhello\nEOF\n",
    "two_names": "a b = <<EOF\n\nhello\nEOF\n",
    "one_line": "failure_template = hello there \n",
    "one_line_with_equals_sign": "failure_template = a = b\n",
    "one_line_that_is_a_header": "failure_template = Subject: x\n",
    "no_value": "failure_template =\n",
    "no_marker": "failure_template = <<\n\nhello\nEOF\n",
    "marker_with_spaces": "failure_template=<< EOF \n\nhello\nEOF\n",
    "marker_of_two_words": "failure_template = <<E F\n\nhello\nE F\n",
    "marker_must_be_exact": failure("\nhello\n EOF\nEOF \n"),
    "marker_in_the_next_line": "failure_template =\n  <<EOF\n\nhello\nEOF\n",
    "comments_between": "# c\n\n  \n#x\n" + failure("\nhello\n"),
    "comment_in_the_text": failure("\n# hello\n"),
    "comment_in_the_head": failure("# in\nSubject: s\n\nhello\n"),
    "name_with_space_before": "  failure_template = <<EOF\n\nhello\nEOF\n",
    "garbage_between": failure("\nhello\n") + "bye\n",
    "empty_from": failure("Charset: us-ascii\nFrom:\nSubject: s\n\nhello\n"),
    "empty_subject": failure("Subject:   \n\nhello\n"),
    "empty_charset": failure("Charset:\n\nhello\n"),
    "unknown_header": failure("Reply-To: bar\n\nhello\n"),
    "headers_in_any_case": failure("subject: one\nCHARSET: utf-8\n\nhello\n"),
    "space_before_the_colon": failure("Subject : a\n\nhello\n"),
    "no_space_behind_the_colon": failure("Subject:a\n\nhello\n"),
    "header_twice": failure("Subject: one\nSubject: two\n\nhello\n"),
    "folded_header": failure("Subject: one\n two\n\nhello\n"),
    "header_with_space_before": failure("  Subject: a\n\nhello\n"),
    "no_headers": failure("\nhello\n"),
    "text_at_once": failure("hello there\n\nmore\n"),
    "text_that_looks_like_a_header": failure("hello: there\n\nmore\n"),
    "text_with_a_colon": failure("Subject: s\nhello there: x\n\nmore\n"),
    "only_headers": failure(HEAD),
    "headers_and_blank_lines": failure(HEAD + "\n\n\n"),
    "nothing_inside": failure(""),
    "blank_lines_before_the_text": failure("Subject: s\n\n \n\nhello\n"),
    "blank_lines_behind_the_text": failure("\nhello  \n\n\n"),
    "not_ascii_subject": failure("Subject: \u00fc\n\nhello\n"),
    "not_ascii_charset": failure("Charset: \u00fc\n\nhello\n"),
    "not_ascii_text": failure("Subject: s\n\nhello \u00fc\n"),
    "not_ascii_text_and_us_ascii": failure("Charset: US-ASCII\n\nhello \u00fc\n"),
    "not_ascii_text_and_charset": failure("Charset: utf-8\n\nhello \u00fc\n"),
    "carriage_returns": "failure_template = <<EOF\r\nSubject: a\r\n\r\nhello\r\nEOF\r\n",
    "postmaster_subject": failure("Postmaster-Subject: x\n\nhello\n"),
    "postmaster_subject_of_delay": "delay_template = <<EOF\nPostmaster-Subject: x\n\nhello\nEOF\n",
    "postmaster_subject_of_success": "success_template = <<EOF\nPostmaster-Subject: x\n\nhello\nEOF\n",
    "postmaster_subject_of_verify": "verify_template = <<EOF\nPostmaster-Subject: x\n\nhello\nEOF\n",
    "all_four": "".join("%s_template = <<%s\n\nabout %s\n%s\n" % (k, k, k, k)
                        for k in ("verify", "failure", "success", "delay")),
    "same_twice": failure("Subject: one\n\nhello\n") + failure("From: me\n\nbye\n"),
    "good_then_bad": failure("Subject: one\n\nhello\n") + failure("Subject: two\nX: y\n\nbye\n"),
    "bad_then_good": failure("Subject: two\nX: y\n\nbye\n") + failure("\nhello\n"),
    "empty_file": "",
    # $names
    "host_and_domain": text("$myhostname ${mydomain} $(myhostname) $myhostname.x $mydomain$myhostname"),
    "other_names_of_main_cf": text("$myorigin $mynetworks"),
    "dollar": text("a $$ b $$$$"),
    "names_in_headers": failure("Subject: $myhostname\n\nhello\n"),
    "conditions": text("a ${myhostname?yes} ${myhostname:no} ${myhostname?{a}:{b}} ${nosuch?x} ${nosuch:y}"),
    "comparison": text("a ${{$mydomain} == {example.test} ? {same} : {other}}"),
    "undefined": text("fine $nosuch here"),
    "undefined_in_the_second_line": text("ok $mydomain\nbad $nosuch here"),
    "undefined_in_braces": text("fine ${nosuch} here"),
    "other_times_have_no_units": text("$minimal_backoff_time_hours"),
    "hosts_have_no_units": text("$myhostname_days"),
    "no_names_of_the_message": text("$recipient $queue_id"),
    "open_brace": text("a ${myhostname b"),
    "lonely_dollar": text("a $ b"),
    "odd_name": text("a $(x y) b"),
    "units_of_the_delay": text("$delay_warning_time_hours $delay_warning_time_days $delay_warning_time_minutes "
                               "$delay_warning_time_seconds $delay_warning_time_weeks"),
    "units_of_the_lifetime": text("$maximal_queue_lifetime_weeks ${maximal_queue_lifetime_days} "
                                  "$maximal_queue_lifetime_hours $maximal_queue_lifetime_minutes "
                                  "$(maximal_queue_lifetime_seconds)"),
    "times_without_unit": text("$delay_warning_time $maximal_queue_lifetime"),
    "unknown_unit": text("$delay_warning_time_years"),
    "unit_in_capitals": text("$maximal_queue_lifetime_Days"),
    "empty_unit": text("$delay_warning_time_"),
    "unit_in_a_condition": text("a ${delay_warning_time_hours?yes}"),
}

EXPECTED = {
    'all_four': """
-b: 0
expanded_failure_text = <<EOF
about failure
EOF
expanded_delay_text = <<EOF
about delay
EOF
expanded_success_text = <<EOF
about success
EOF
expanded_verify_text = <<EOF
about verify
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

about failure
EOF
delay_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Delayed Mail (still being retried)
Postmaster-Subject: Postmaster Warning: Delayed Mail

about delay
EOF
success_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Successful Mail Delivery Report

about success
EOF
verify_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Mail Delivery Status Report

about verify
EOF
""",
    'bad_then_good': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'blank_lines_before_the_text': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: s
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'blank_lines_behind_the_text': (
        '\n'
        '-b: 0\n'
        'expanded_failure_text = <<EOF\n'
        'hello  \n'
        '\n'
        '\n'
        'EOF\n'
        '-t: 0\n'
        'failure_template = <<EOF\n'
        'Charset: us-ascii\n'
        'From: Mail Delivery System <MAILER-DAEMON>\n'
        'Subject: Undelivered Mail Returned to Sender\n'
        'Postmaster-Subject: Postmaster Copy: Undelivered Mail\n'
        '\n'
        'hello  \n'
        '\n'
        '\n'
        'EOF\n'),
    'carriage_returns': (
        '\n'
        '-b: 0\n'
        'expanded_failure_text = <<EOF\n'
        'hello\\r\n'
        'EOF\\r\n'
        'EOF\n'
        'warning: DIR/bounce.cf, line 6: missing "EOF" end marker\n'
        '-t: 0\n'
        'failure_template = <<EOF\n'
        'Charset: us-ascii\n'
        'From: Mail Delivery System <MAILER-DAEMON>\n'
        'Subject: a\\r\n'
        'Postmaster-Subject: Postmaster Copy: Undelivered Mail\n'
        '\n'
        'hello\\r\n'
        'EOF\\r\n'
        'EOF\n'
        'warning: DIR/bounce.cf, line 6: missing "EOF" end marker\n'),
    'comment_in_the_head': """
-b: 0
expanded_failure_text = <<EOF
# in
Subject: s

hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

# in
Subject: s

hello
EOF
""",
    'comment_in_the_text': """
-b: 0
expanded_failure_text = <<EOF
# hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

# hello
EOF
""",
    'comments_between': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'comparison': """
-b: 0
expanded_failure_text = <<EOF
a same
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a ${{$mydomain} == {example.test} ? {same} : {other}}
EOF
""",
    'conditions': """
-b: 0
expanded_failure_text = <<EOF
a yes  a  y
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a ${myhostname?yes} ${myhostname:no} ${myhostname?{a}:{b}} ${nosuch?x} ${nosuch:y}
EOF
""",
    'dollar': """
-b: 0
expanded_failure_text = <<EOF
a $ b $$
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a $$ b $$$$
EOF
""",
    'empty_charset': """
-b: 0
warning: DIR/bounce.cf: empty "Charset" header value in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: empty "Charset" header value in failure template -- ignoring this template
""",
    'empty_file': """
-b: 0
-t: 0
""",
    'empty_from': """
-b: 0
warning: DIR/bounce.cf: empty "From" header value in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: empty "From" header value in failure template -- ignoring this template
""",
    'empty_subject': """
-b: 0
warning: DIR/bounce.cf: empty "Subject" header value in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: empty "Subject" header value in failure template -- ignoring this template
""",
    'empty_unit': """
-b: 1
fatal: DIR/bounce.cf: unrecognized suffix "" in parameter "delay_warning_time_"
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$delay_warning_time_
EOF
""",
    'folded_header': """
-b: 0
expanded_failure_text = <<EOF
 two

hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: one
Postmaster-Subject: Postmaster Copy: Undelivered Mail

 two

hello
EOF
""",
    'garbage_between': """
-b: 1
fatal: DIR/bounce.cf, line 6: missing '=' after attribute name: "bye"
-t: 1
fatal: DIR/bounce.cf, line 6: missing '=' after attribute name: "bye"
""",
    'good_then_bad': """
-b: 0
warning: DIR/bounce.cf: unknown "X" header label in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: unknown "X" header label in failure template -- ignoring this template
""",
    'header_twice': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: two
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'header_with_space_before': """
-b: 0
expanded_failure_text = <<EOF
  Subject: a

hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

  Subject: a

hello
EOF
""",
    'headers_and_blank_lines': """
-b: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
""",
    'headers_in_any_case': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: utf-8
From: Mail Delivery System <MAILER-DAEMON>
Subject: one
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'host_and_domain': """
-b: 0
expanded_failure_text = <<EOF
mx.example.test example.test mx.example.test mx.example.test.x example.testmx.example.test
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$myhostname ${mydomain} $(myhostname) $myhostname.x $mydomain$myhostname
EOF
""",
    'hosts_have_no_units': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: $myhostname_days
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$myhostname_days
EOF
""",
    'lonely_dollar': """
-b: 1
warning: empty macro name: "a $ b"
fatal: DIR/bounce.cf: bad $name syntax in failure template: a $ b
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a $ b
EOF
""",
    'marker_in_the_next_line': """
-b: 1
fatal: DIR/bounce.cf, line 3: missing '=' after attribute name: "  <<EOF"
-t: 1
fatal: DIR/bounce.cf, line 3: missing '=' after attribute name: "  <<EOF"
""",
    'marker_must_be_exact': (
        '\n'
        '-b: 0\n'
        'expanded_failure_text = <<EOF\n'
        'hello\n'
        ' EOF\n'
        'EOF \n'
        'EOF\n'
        '-t: 0\n'
        'failure_template = <<EOF\n'
        'Charset: us-ascii\n'
        'From: Mail Delivery System <MAILER-DAEMON>\n'
        'Subject: Undelivered Mail Returned to Sender\n'
        'Postmaster-Subject: Postmaster Copy: Undelivered Mail\n'
        '\n'
        'hello\n'
        ' EOF\n'
        'EOF \n'
        'EOF\n'),
    'marker_of_two_words': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'marker_with_spaces': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'name_in_capitals': """
-b: 0
warning: DIR/bounce.cf, line 5: unknown template name: Failure_Template -- ignoring this template
-t: 0
warning: DIR/bounce.cf, line 5: unknown template name: Failure_Template -- ignoring this template
""",
    'name_with_space_before': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'name_without_its_end': """
-b: 0
warning: DIR/bounce.cf, line 5: unknown template name: failure -- ignoring this template
-t: 0
warning: DIR/bounce.cf, line 5: unknown template name: failure -- ignoring this template
""",
    'names_in_headers': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: $myhostname
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'no_end_marker': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
warning: DIR/bounce.cf, line 7: missing "EOF" end marker
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: a@b (X)
Subject: s
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
warning: DIR/bounce.cf, line 7: missing "EOF" end marker
""",
    'no_equals_sign': """
-b: 1
fatal: DIR/bounce.cf, line 2: missing '=' after attribute name: "failure_template <<EOF"
-t: 1
fatal: DIR/bounce.cf, line 2: missing '=' after attribute name: "failure_template <<EOF"
""",
    'no_headers': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'no_marker': """
-b: 1
fatal: DIR/bounce.cf, line 2: missing end marker after <<
-t: 1
fatal: DIR/bounce.cf, line 2: missing end marker after <<
""",
    'no_name': """
-b: 1
fatal: DIR/bounce.cf, line 2: missing attribute name: "= <<EOF"
-t: 1
fatal: DIR/bounce.cf, line 2: missing attribute name: "= <<EOF"
""",
    'no_names_of_the_message': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: $recipient $queue_id
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$recipient $queue_id
EOF
""",
    'no_space_behind_the_colon': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: a
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'no_value': """
-b: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
""",
    'not_ascii_charset': """
-b: 0
warning: DIR/bounce.cf: non-ASCII "Charset" header value in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: non-ASCII "Charset" header value in failure template -- ignoring this template
""",
    'not_ascii_subject': """
-b: 0
warning: DIR/bounce.cf: non-ASCII "Subject" header value in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: non-ASCII "Subject" header value in failure template -- ignoring this template
""",
    'not_ascii_text': """
-b: 0
warning: DIR/bounce.cf: 8-bit message text in failure template
warning: please specify a charset value other than us-ascii
warning: -- ignoring this template for now
-t: 0
warning: DIR/bounce.cf: 8-bit message text in failure template
warning: please specify a charset value other than us-ascii
warning: -- ignoring this template for now
""",
    'not_ascii_text_and_charset': """
-b: 0
expanded_failure_text = <<EOF
hello ü
EOF
-t: 0
failure_template = <<EOF
Charset: utf-8
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello ü
EOF
""",
    'not_ascii_text_and_us_ascii': """
-b: 0
warning: DIR/bounce.cf: 8-bit message text in failure template
warning: please specify a charset value other than us-ascii
warning: -- ignoring this template for now
-t: 0
warning: DIR/bounce.cf: 8-bit message text in failure template
warning: please specify a charset value other than us-ascii
warning: -- ignoring this template for now
""",
    'nothing_inside': """
-b: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
""",
    'odd_name': """
-b: 1
warning: attribute name syntax error at: "...x>>> y"
fatal: DIR/bounce.cf: bad $name syntax in failure template: a $(x y) b
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a $(x y) b
EOF
""",
    'one_line': """
-b: 0
expanded_failure_text = <<EOF
hello there
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello there
EOF
""",
    'one_line_that_is_a_header': """
-b: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
""",
    'one_line_with_equals_sign': """
-b: 0
expanded_failure_text = <<EOF
a = b
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a = b
EOF
""",
    'only_headers': """
-b: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: missing message text in failure template -- ignoring this template
""",
    'open_brace': """
-b: 1
warning: truncated macro reference: "a ${myhostname b"
fatal: DIR/bounce.cf: bad $name syntax in failure template: a ${myhostname b
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a ${myhostname b
EOF
""",
    'other_names_of_main_cf': """
-b: 0
expanded_failure_text = <<EOF
example.test 127.0.0.1/32 [::1]/128
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$myorigin $mynetworks
EOF
""",
    'other_times_have_no_units': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: $minimal_backoff_time_hours
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$minimal_backoff_time_hours
EOF
""",
    'plain': """
-b: 0
expanded_failure_text = <<EOF
hello mx.example.test
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: a@b (X)
Subject: s
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello $myhostname
EOF
""",
    'postmaster_subject': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: x

hello
EOF
""",
    'postmaster_subject_of_delay': """
-b: 0
expanded_delay_text = <<EOF
hello
EOF
-t: 0
delay_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Delayed Mail (still being retried)
Postmaster-Subject: x

hello
EOF
""",
    'postmaster_subject_of_success': """
-b: 0
warning: DIR/bounce.cf: inapplicable "Postmaster-Subject" header label in success template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: inapplicable "Postmaster-Subject" header label in success template -- ignoring this template
""",
    'postmaster_subject_of_verify': """
-b: 0
warning: DIR/bounce.cf: inapplicable "Postmaster-Subject" header label in verify template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: inapplicable "Postmaster-Subject" header label in verify template -- ignoring this template
""",
    'same_twice': """
-b: 0
expanded_failure_text = <<EOF
bye
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: me
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

bye
EOF
""",
    'space_before_the_colon': """
-b: 0
expanded_failure_text = <<EOF
hello
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: a
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello
EOF
""",
    'text_at_once': """
-b: 0
expanded_failure_text = <<EOF
hello there

more
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello there

more
EOF
""",
    'text_that_looks_like_a_header': """
-b: 0
warning: DIR/bounce.cf: unknown "hello" header label in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: unknown "hello" header label in failure template -- ignoring this template
""",
    'text_with_a_colon': """
-b: 0
expanded_failure_text = <<EOF
hello there: x

more
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: s
Postmaster-Subject: Postmaster Copy: Undelivered Mail

hello there: x

more
EOF
""",
    'times_without_unit': """
-b: 0
expanded_failure_text = <<EOF
5399s 6d
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$delay_warning_time $maximal_queue_lifetime
EOF
""",
    'two_names': """
-b: 1
fatal: DIR/bounce.cf, line 2: missing '=' after attribute name: "a b = <<EOF"
-t: 1
fatal: DIR/bounce.cf, line 2: missing '=' after attribute name: "a b = <<EOF"
""",
    'undefined': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: fine $nosuch here
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

fine $nosuch here
EOF
""",
    'undefined_in_braces': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: fine ${nosuch} here
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

fine ${nosuch} here
EOF
""",
    'undefined_in_the_second_line': """
-b: 1
fatal: DIR/bounce.cf: undefined $name in failure template: bad $nosuch here
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

ok $mydomain
bad $nosuch here
EOF
""",
    'unit_in_a_condition': """
-b: 0
expanded_failure_text = <<EOF
a yes
EOF
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

a ${delay_warning_time_hours?yes}
EOF
""",
    'unit_in_capitals': """
-b: 1
fatal: DIR/bounce.cf: unrecognized suffix "Days" in parameter "maximal_queue_lifetime_Days"
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$maximal_queue_lifetime_Days
EOF
""",
    'units_of_the_delay': """
-b: 0
expanded_failure_text = <<EOF
1 0 89 5399 0
EOF
warning: DIR/bounce.cf: zero result in failure template conversion of parameter "delay_warning_time_days"
warning: please reduce time unit "days" of "delay_warning_time_days" in failure template
warning: DIR/bounce.cf: excessive result "5399" in failure template conversion of parameter "delay_warning_time_seconds"
warning: please increase time unit "seconds" of "delay_warning_time_seconds" in failure template
warning: DIR/bounce.cf: zero result in failure template conversion of parameter "delay_warning_time_weeks"
warning: please reduce time unit "weeks" of "delay_warning_time_weeks" in failure template
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$delay_warning_time_hours $delay_warning_time_days $delay_warning_time_minutes $delay_warning_time_seconds $delay_warning_time_weeks
EOF
""",
    'units_of_the_lifetime': """
-b: 0
expanded_failure_text = <<EOF
0 6 144 8640 518400
EOF
warning: DIR/bounce.cf: zero result in failure template conversion of parameter "maximal_queue_lifetime_weeks"
warning: please reduce time unit "weeks" of "maximal_queue_lifetime_weeks" in failure template
warning: DIR/bounce.cf: excessive result "8640" in failure template conversion of parameter "maximal_queue_lifetime_minutes"
warning: please increase time unit "minutes" of "maximal_queue_lifetime_minutes" in failure template
warning: DIR/bounce.cf: excessive result "518400" in failure template conversion of parameter "maximal_queue_lifetime_seconds"
warning: please increase time unit "seconds" of "maximal_queue_lifetime_seconds" in failure template
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$maximal_queue_lifetime_weeks ${maximal_queue_lifetime_days} $maximal_queue_lifetime_hours $maximal_queue_lifetime_minutes $(maximal_queue_lifetime_seconds)
EOF
""",
    'unknown_header': """
-b: 0
warning: DIR/bounce.cf: unknown "Reply-To" header label in failure template -- ignoring this template
-t: 0
warning: DIR/bounce.cf: unknown "Reply-To" header label in failure template -- ignoring this template
""",
    'unknown_name': """
-b: 0
warning: DIR/bounce.cf, line 8: unknown template name: foo_template -- ignoring this template
-t: 0
warning: DIR/bounce.cf, line 8: unknown template name: foo_template -- ignoring this template
""",
    'unknown_unit': """
-b: 1
fatal: DIR/bounce.cf: unrecognized suffix "years" in parameter "delay_warning_time_years"
-t: 0
failure_template = <<EOF
Charset: us-ascii
From: Mail Delivery System <MAILER-DAEMON>
Subject: Undelivered Mail Returned to Sender
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$delay_warning_time_years
EOF
""",
}


class TemplateFiles(Group):
    """postconf shows a file as bounce(8) understands it."""
    area = "bounce"
    daemon = False
    main = """
delay_warning_time = 5399s
maximal_queue_lifetime = 6d
"""

    def blocks(self, option, path):
        r = self.inst.run("postconf", option, path)
        said = [re.sub(r"^\S+: (?=warning|fatal)", "", line).replace(self.inst.etc, "DIR")
                for line in r.err.splitlines()]
        said = [line for line in said if "for instructions see" not in line]
        return r.rc, re.findall(r"^\w+ = <<EOF\n.*?^EOF\n", r.out, re.M | re.S), list(dict.fromkeys(said))

    def shown(self, name):
        path = self.inst.write("bounce.cf", FILES[name])
        out = ""
        for option in ("-b", "-t"):
            _, usual, _ = self.blocks(option, self.inst.write("none.cf", ""))
            rc, blocks, said = self.blocks(option, path)
            out += "%s: %d\n" % (option, rc)
            out += "".join(block for block in blocks if block not in usual)
            out += "".join(line + "\n" for line in said if "[built-in]" not in line)
        return out.replace("\r", "\\r")

    @staticmethod
    def case_of(name):
        return lambda self: self.eq("\n" + self.shown(name), "\n" + EXPECTED.get(name, "").lstrip("\n"), "what is shown")


for _name in FILES:
    setattr(TemplateFiles, "test_" + _name, TemplateFiles.case_of(_name))
