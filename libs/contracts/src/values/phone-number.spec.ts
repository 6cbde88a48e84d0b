import { describe, expect, it } from '@jest/globals';
import { readPhoneNumber } from './phone-number.js';

describe('a phone number', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['138-0013-8000', '+8613800138000'],
    ['１３８　００１３－８０００', '+8613800138000'],
    ['86 138-0013-8000', '+8613800138000'],
    ['8613800138000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['＋86 138 0013 8000', '+8613800138000'],
    ['(+86)13800138000', '+8613800138000'],
    ['+86(0)13800138000', '+8613800138000'],
    ['+86（0）13800138000', '+8613800138000'],
    ['+86 ( 0 ) 138 0013 8000', '+8613800138000'],
    ['86(0)13800138000', '+8613800138000'],
    ['0086(0)13800138000', '+8613800138000'],
    ['+86013800138000', '+8613800138000'],
    ['013800138000', '+8613800138000'],
    ['\u202a+86 138 0013 8000\u202c', '+8613800138000'],
    ['028-8533 1234', '+862885331234'],
    ['028‑8533–1234', '+862885331234'],
    ['(010)8533 1234', '+861085331234'],
    ['（010） 85331234', '+861085331234'],
    ['0816-2345678', '+868162345678'],
    ['0755 8533 1234', '+8675585331234'],
    ['+86 28 8533 1234', '+862885331234'],
    ['+86-028-85331234', '+862885331234'],
    ['+86 (0) 28 8533 1234', '+862885331234'],
    ['86-10-85331234', '+861085331234'],
    ['86 010 85331234', '+861085331234'],
    ['400-123-4567', '+864001234567'],
    ['+86 400 123 4567', '+864001234567'],
    ['+49 (170) 1234567', '+491701234567'],
    ['+49 (0)170 / 1234567', '+491701234567'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+4402079460958', '+442079460958'],
    ['+34 (0)912 345 678', '+34912345678'],
    // In Italy and some other countries the 0 belongs to the number.
    ['+39 06 1234 5678', '+390612345678'],
    ['+39 (0)6 1234 5678', '+390612345678'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['001 202.555.0123', '+12025550123'],
    ['+852 9123 4567', '+85291234567'],
    ['+853 6612 3456', '+85366123456'],
    ['+886 912 345 678', '+886912345678'],
    ['+886 0912 345 678', '+886912345678'],
  ])('%j is %s', (given, value) => expect(readPhoneNumber(given)).toEqual({ value }));

  it('is read the same when it is read again', () => {
    for (const kept of ['+8613800138000', '+862885331234', '+390612345678', '+2250123456789'])
      expect(readPhoneNumber(kept)).toEqual({ value: kept });
  });

  const notChinese = 'is no Chinese mobile or landline number: one has too many or too few digits';
  const noCode =
    'must begin with + and the country code, unless it is a Chinese mobile number or a landline with its area code';
  const noForm = 'must be a phone number: digits, blanks, dashes, brackets, and + before the country code';
  it.each([
    ['', 'must not be empty'],
    ['  ', 'must not be empty'],
    ['mobile', noForm],
    ['+', noForm],
    ['-', noForm],
    ['138\u00001380000', noForm],
    ['138\n00138000', noForm],
    ['1380013800O', noForm],
    ['138*0013*8000', noForm],
    ['+86+13800138000', noForm],
    ['86+13800138000', noForm],
    ['++8613800138000', noForm],
    ['13800138000、13900139000', noForm],
    ['028-85331234转801', noForm],
    ['12345', noCode],
    ['110', noCode],
    ['10086', noCode],
    ['1380013800', noCode],
    ['138001380001', noCode],
    ['12025550123', noCode],
    ['85331234', noCode],
    ['28-85331234', noCode],
    ['0138-1234567', noCode],
    ['028-85331234-801', noCode],
    ['13800138000/13900139000', noCode],
    ['+861380013800', notChinese],
    ['+86138001380001', notChinese],
    ['+861380013800013800138', notChinese],
    ['+86123', notChinese],
    ['+8610086', notChinese],
    ['+8602885331', notChinese],
    ['+86(0)1380013800', notChinese],
    ['+0123456789', 'must begin with a country code that exists'],
    ['+999123456', 'must begin with a country code that exists'],
    ['000000000', 'must begin with a country code that exists'],
    ['+44123456', 'is no number behind +44: digits are missing, too many or wrong'],
    ['+1 000 000 0000', 'is no number behind +1: digits are missing, too many or wrong'],
    ['+1 202 555 012', 'is no number behind +1: digits are missing, too many or wrong'],
    ['+852 9123', 'is no number behind +852: digits are missing, too many or wrong'],
    ['1'.repeat(65), 'must be at most 64 characters long'],
  ])('%j is none: %s', (given, fault) => expect(readPhoneNumber(given)).toEqual({ fault }));
});
